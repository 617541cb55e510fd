"""Warnings, silences and suspensions, with their reasons and ends."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from community.foundation import clock
from community.foundation.problems import Refused
from community.members.errors import Silenced
from community.members.standing import require_voice
from community.moderation.errors import AlreadyDecided, EndMissing, NotOnOperators, ReasonMissing
from community.moderation.models import Entry, Sanction
from community.moderation.sanctioning import lift, sanction
from community.notifications.models import Letter
from tests.factories.members import a_member, an_operator

pytestmark = pytest.mark.django_db


def tomorrow(days: int = 1) -> dt.datetime:
    return clock.now() + dt.timedelta(days=days)


def test_a_silence_holds_until_its_end_and_tells_why(relay) -> None:
    member, ends_at = a_member(), tomorrow()
    made = sanction(by=an_operator(), member=member, kind="silence", reason="Insults.", ends_at=ends_at)
    relay()

    member.refresh_from_db()
    assert (member.silenced_until, made.ends_at) == (ends_at, ends_at)
    with pytest.raises(Silenced):
        require_voice(member)
    with clock.shifted(dt.timedelta(days=2)):
        require_voice(member)
    assert Letter.objects.get(member=member).kind == "sanction"
    entry = Entry.objects.get()
    assert (entry.act, entry.reason, entry.ends_at, entry.board) == ("silenced", "Insults.", ends_at, None)


def test_a_suspension_and_a_warning() -> None:
    member, operator = a_member(), an_operator()
    sanction(by=operator, member=member, kind="suspension", reason="Fraud.", ends_at=tomorrow(7))
    sanction(by=operator, member=member, kind="warning", reason="Mind your words.")

    member.refresh_from_db()
    assert member.is_suspended
    assert not member.is_silenced
    assert list(Entry.objects.order_by("at").values_list("act", flat=True)) == ["suspended", "warned"]


def test_of_two_silences_the_later_end_counts_and_lifting_one_leaves_the_other() -> None:
    member, operator = a_member(), an_operator()
    long = sanction(by=operator, member=member, kind="silence", reason="One.", ends_at=tomorrow(9))
    short = sanction(by=operator, member=member, kind="silence", reason="Two.", ends_at=tomorrow(3))
    member.refresh_from_db()
    assert member.silenced_until == long.ends_at

    lift(by=operator, sanction_id=long.pk, reason="Sorry.")
    member.refresh_from_db()
    assert member.silenced_until == short.ends_at
    with pytest.raises(AlreadyDecided):
        lift(by=operator, sanction_id=long.pk, reason="Again.")
    lift(by=operator, sanction_id=short.pk, reason="Enough.")
    member.refresh_from_db()
    assert member.silenced_until is None


@pytest.mark.parametrize(
    ("wrong", "problem"),
    [
        ({"ends_at": None}, EndMissing),
        ({"ends_at": dt.datetime(2020, 1, 1, tzinfo=dt.UTC)}, EndMissing),
        ({"ends_at": dt.datetime(2999, 1, 1, tzinfo=dt.UTC)}, EndMissing),
        ({"kind": "warning"}, EndMissing),
        ({"reason": " "}, ReasonMissing),
    ],
)
def test_what_cannot_be_is_refused(wrong, problem) -> None:
    member = a_member()
    whole = {"by": an_operator(), "member": member, "kind": "silence", "reason": "Insults.", "ends_at": tomorrow()}
    with pytest.raises(problem):
        sanction(**{**whole, **wrong})
    member.refresh_from_db()
    assert (Sanction.objects.count(), Entry.objects.count(), member.silenced_until) == (0, 0, None)


def test_only_operators_sanction_and_never_each_other() -> None:
    member, operator = a_member(), an_operator()
    with pytest.raises(Refused):
        sanction(by=a_member(is_moderator=True), member=member, kind="warning", reason="No.")
    with pytest.raises(NotOnOperators):
        sanction(by=operator, member=an_operator(), kind="warning", reason="No.")
    assert Sanction.objects.count() == 0


def test_the_database_refuses_a_silence_without_an_end() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Sanction.objects.create(member=a_member(), kind="silence", reason="x", at=clock.now())
