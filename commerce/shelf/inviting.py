"""A buyer is asked what they think of what they bought: once an order, when they have used it, and only about what they have
said nothing of yet (2.33)."""

import datetime as dt
import uuid
from collections.abc import Sequence

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import ngettext, override

from commerce.imports.models import ImportedInvoice
from commerce.orders.models import Order
from commerce.orders.registering import finished
from commerce.shelf.conf import AT_ONCE, INVITED_AFTER, LONGEST_TITLE, NOT_ASKED_AFTER, POSTPONED_BY
from commerce.shelf.models import Invitation, Thing
from community.foundation import clock
from community.foundation.characters import excerpt
from community.members.models import Member
from community.notifications.noticing import tell

KIND = "review_invitation"


@transaction.atomic
def plan(order_id: uuid.UUID) -> Invitation | None:
    """An order arrived: its buyer will be asked, by what kinds of things are in it. Once an order; never for what was taken
    over from elsewhere."""
    taken_over = ImportedInvoice.objects.filter(order=OuterRef("pk"))
    order = Order.objects.filter(~Exists(taken_over), pk=order_id, delivered_at__isnull=False).first()
    if order is None or order.delivered_at is None:
        return None
    kinds = order.lines.filter(kind="item").values_list("product__kind", flat=True)
    wait = max((INVITED_AFTER[kind] for kind in kinds), default=None)
    if wait is None:
        return None
    row = Invitation(order=order, due_at=order.delivered_at + wait)
    Invitation.objects.bulk_create([row], ignore_conflicts=True)
    return Invitation.objects.get(order=order)


def invite_due() -> int:
    """Ask whoever is to be asked by now; several jobs at once skip each other's. Gives how many were asked."""
    asked = 0
    while True:
        with transaction.atomic():
            moment = clock.now()
            rows = Invitation.objects.due(moment).select_for_update(no_key=True, skip_locked=True, of=("self",))
            chosen = list(rows.select_related("order__purchase").order_by("due_at", "pk")[:AT_ONCE])
            if not chosen:
                return asked
            free = set(
                Order.objects.filter(finished(), pk__in=[one.order_id for one in chosen]).values_list("pk", flat=True)
            )
            members = Member.objects.in_bulk({one.order.purchase.member_id for one in chosen})
            for one in chosen:
                asked += _ask(one, members[one.order.purchase.member_id], one.order_id in free, moment)


def _ask(invitation: Invitation, member: Member, is_free: bool, moment: dt.datetime) -> int:
    """Ask, put it off, or drop it; exactly one of the three is written."""
    if not is_free and moment - invitation.made_at < NOT_ASKED_AFTER:
        invitation.due_at = moment + POSTPONED_BY
        invitation.save(update_fields=["due_at"])
        return 0
    rows = Thing.objects.visible_to(member).unreviewed().filter(line__order=invitation.order_id, hidden=False)
    things = list(rows.select_related("line").order_by("line__position", "pk"))
    late = moment - invitation.due_at > NOT_ASKED_AFTER
    if not things or late or not is_free or not member.is_active:
        invitation.dropped_at = moment
        invitation.save(update_fields=["dropped_at"])
        return 0
    invitation.told_at, invitation.title = moment, _title(things, invitation.order.purchase.language)
    invitation.save(update_fields=["told_at", "title"])
    tell(kind=KIND, to=[member.pk], target=(KIND, invitation.pk), source=("order", invitation.order_id))
    return 1


def _title(things: Sequence[Thing], language: str) -> str:
    """What is asked about, in the language of the purchase: the first thing, and how many others."""
    titles = list(dict.fromkeys(thing.line.title for thing in things if thing.line is not None))
    first, others = excerpt(titles[0], LONGEST_TITLE - 40), len(titles) - 1
    if not others:
        return first
    with override(language):
        return ngettext("%(first)s and %(n)d more", "%(first)s and %(n)d more", others) % {"first": first, "n": others}
