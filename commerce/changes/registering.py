"""What this app tells the registries of the lower ones."""

from django.utils.translation import gettext_lazy as _

from commerce.catalog import panels as product_panels
from commerce.changes import crediting, panels
from commerce.changes.models import Change
from commerce.points import acts
from community.foundation import fragments, targets
from community.notifications import kinds
from community.notifications.models.wishes import Channel

BECAUSE_OF_YOU = kinds.NoticeKind(
    name=crediting.NOTICE,
    title=_("What changed because of you"),
    one=_("“%(title)s” changed because of you. See what is different now"),
    group=kinds.Group.YOURS,
    icon="sprout",
    defaults=frozenset({Channel.PAGE, Channel.LETTER}),
)


def register_all() -> None:
    """Called when the app is ready."""
    acts.register(
        acts.Act(
            crediting.ACT,
            _("Words of yours that changed a product"),
            points=300,
            most_a_day=900,
            days_pending=7,
        )
    )
    targets.register(
        targets.Kind(
            name="change",
            model="commerce_changes.Change",
            title=title_of,
            url=lambda change: change.get_absolute_url(),
            text=lambda change: change.source,
        )
    )
    kinds.register(BECAUSE_OF_YOU)
    product_panels.register(product_panels.Panel(name="changes", order=55, build=panels.latest))
    fragments.dress("css/commerce/changes.css")


def title_of(change: Change) -> str:
    """The product, since that is what the reader of a notice knows."""
    return change.product.title
