"""What this app tells the registries of the lower ones."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from commerce import money
from commerce.catalog import panels as product_panels
from commerce.catalog.models import Variant
from commerce.watches import panels, telling
from community.foundation import fragments, targets
from community.notifications import kinds
from community.notifications.models.wishes import Channel

AT_ONCE = frozenset({Channel.PAGE, Channel.LETTER})
BACK = kinds.NoticeKind(
    name=telling.BACK,
    title=_("What you watch can be bought again"),
    one=_("“%(title)s” can be bought again"),
    group=kinds.Group.WATCHED,
    icon="package",
    defaults=AT_ONCE,
)
FALL = kinds.NoticeKind(
    name=telling.FALL,
    title=_("What you watch costs less"),
    one=_("It costs less now: %(title)s"),
    group=kinds.Group.WATCHED,
    icon="tag",
    defaults=AT_ONCE,
)


class OfVariant(targets.Kind):
    """A variant with its product, whose title it is told by."""

    def visible_to(self, member: Any) -> QuerySet[Any]:
        return super().visible_to(member).select_related("product")


def register_all() -> None:
    """Called when the app is ready."""
    for name, title in (("variant", title_of), ("variant_price", priced_title_of)):
        targets.register(OfVariant(name=name, model="commerce_catalog.Variant", title=title, url=url_of))
    kinds.register(BACK)
    kinds.register(FALL)
    product_panels.register(
        product_panels.Panel(name="watch", place="head", order=20, build=panels.panel, same_for=panels.same_for)
    )
    fragments.fill("member-menu", "commerce/watches/_menu.html", _menu, order=42)
    fragments.dress("css/commerce/watches.css")


def title_of(variant: Variant) -> str:
    """The product, and the variant where there are several."""
    return " · ".join(part for part in (variant.product.title, variant.label) if part)


def priced_title_of(variant: Variant) -> str:
    """With what it costs when the notice is read."""
    return f"{title_of(variant)} · {money.formatted(variant.price)}"


def url_of(variant: Variant) -> str:
    return f"{variant.product.get_absolute_url()}?variant={variant.pk}"


def _menu(request: HttpRequest, about: Any) -> dict[str, Any]:
    return {}
