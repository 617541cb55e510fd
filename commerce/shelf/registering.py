"""What this app tells the registries of the lower ones."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from commerce.orders import panels as order_panels
from commerce.shelf import inviting, panels
from commerce.shelf.models import Invitation
from community.foundation import fragments, targets
from community.notifications import kinds
from community.notifications.models.wishes import Channel

INVITED = kinds.NoticeKind(
    name=inviting.KIND,
    title=_("Invitations to say what you think of what you bought"),
    one=_("How do you like it? Others would be glad to know: %(title)s"),
    group=kinds.Group.SITE,
    icon="star",
    defaults=frozenset({Channel.PAGE, Channel.LETTER}),
)


class OfInvitation(targets.Kind):
    """An invitation with its order, which its address names."""

    def visible_to(self, member: Any) -> Any:
        return super().visible_to(member).select_related("order")


def register_all() -> None:
    """Called when the app is ready."""
    targets.register(
        OfInvitation(name=inviting.KIND, model="commerce_shelf.Invitation", title=lambda row: row.title, url=url_of)
    )
    kinds.register(INVITED)
    order_panels.register(order_panels.Panel(name="reviews", place="main", order=60, build=panels.due_of_order))
    fragments.fill("member-menu", "commerce/shelf/_menu.html", _menu, order=41)
    fragments.dress("css/commerce/shelf.css")


def url_of(invitation: Invitation) -> str:
    return f"{reverse('commerce_shelf:shelf')}?show=due&order={invitation.order.number}"


def _menu(request: HttpRequest, about: Any) -> dict[str, Any]:
    return {}
