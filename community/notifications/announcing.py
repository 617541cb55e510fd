"""Tell all members something, on the page and, where asked for, by letter."""

import uuid
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from community.foundation import clock
from community.foundation.problems import Conflict, Invalid, Refused
from community.members.models import Member
from community.notifications.addresses import letter_addresses
from community.notifications.composing import ANNOUNCEMENT
from community.notifications.models import Announcement, Letter
from community.notifications.models.wishes import Channel
from community.notifications.noticing import AT_ONCE, tell
from community.notifications.preferences import Wants
from community.notifications.writing import a_letter
from community.outbox.events import publish


class AlreadyTold(Conflict):
    """An announcement is made once."""

    code = "already_done"
    detail = _("This announcement has been made already. Write a new one.")


@transaction.atomic
def announce(*, by: Any, announcement_id: uuid.UUID) -> Announcement:
    """Make a written announcement; members are told by a worker, portion by portion.

    Raises Refused for one who is no operator, Invalid for an empty text, AlreadyTold the second time.
    """
    if not by.is_operator:
        raise Refused
    announcement = Announcement.objects.select_for_update().get(pk=announcement_id)
    if announcement.made_at is not None:
        raise AlreadyTold
    words = (announcement.title_ko, announcement.body_ko, announcement.title_en, announcement.body_en)
    if not all(text.strip() for text in words):
        raise Invalid(_("Write the title and the text in both languages."), code="empty")
    announcement.made_at = clock.now()
    announcement.save(update_fields=["made_at"])
    _publish(announcement, after="")
    return announcement


def _publish(announcement: Announcement, *, after: str) -> None:
    publish(
        topic="announcement.made",
        key=str(announcement.pk),
        payload={"announcement": str(announcement.pk), "by": str(announcement.by_id), "after": after},
    )


@transaction.atomic
def tell_portion(*, announcement_id: uuid.UUID, after: str) -> int:
    """Tell the next members, by id, and leave the event for those after them; gives how many were asked."""
    announcement = Announcement.objects.select_for_update().get(pk=announcement_id)
    members = Member.objects.filter(is_active=True).order_by("pk")
    if after:
        members = members.filter(pk__gt=after)
    portion = list(members[:AT_ONCE])
    if not portion:
        return 0
    reference = (ANNOUNCEMENT, announcement.pk)
    told = tell(
        kind=ANNOUNCEMENT, to=[member.pk for member in portion], target=reference, source=reference, letters=False
    )
    if announcement.by_letter:
        _write_letters(announcement, portion)
    announcement.told += told
    announcement.save(update_fields=["told"])
    if len(portion) == AT_ONCE:
        _publish(announcement, after=str(portion[-1].pk))
    return len(portion)


def _write_letters(announcement: Announcement, members: list[Member]) -> None:
    ids = [member.pk for member in members]
    addresses, wants, moment = letter_addresses(ids), Wants.of(ids), clock.now()
    letters = [
        a_letter(
            kind=ANNOUNCEMENT,
            address=addresses[member.pk],
            language=member.language,
            not_before=wants.not_before(member, moment),
            member=member,
            announcement=announcement,
        )
        for member in members
        if member.pk in addresses and wants.wants(member, ANNOUNCEMENT, Channel.LETTER)
    ]
    Letter.objects.bulk_create(letters, ignore_conflicts=True)
