"""An announcement reaches everyone once."""

import pytest

from community.foundation.problems import Invalid, Refused
from community.notifications import announcing
from community.notifications.announcing import AlreadyTold, announce
from community.notifications.models import Letter, Notice
from community.notifications.sending import send_due
from community.outbox.models import Delivery
from tests.factories.members import a_member, an_operator
from tests.factories.notifications import an_announcement

pytestmark = pytest.mark.django_db


def test_everyone_is_told_in_portions(relay, monkeypatch) -> None:
    monkeypatch.setattr(announcing, "AT_ONCE", 3)
    members = [a_member() for _ in range(6)]
    gone = a_member(is_active=False)
    operator = an_operator()
    announcement = an_announcement(made=False, by=operator)
    announce(by=operator, announcement_id=announcement.pk)
    relay()

    announcement.refresh_from_db()
    told = set(Notice.objects.values_list("member_id", flat=True))
    assert told == {member.pk for member in [*members, operator]}
    assert gone.pk not in told
    assert (announcement.told, Letter.objects.count()) == (7, 0)


def test_by_letter_each_gets_one_in_their_language(relay, server) -> None:
    operator = an_operator(language="ko")
    announcement = an_announcement(made=False, by=operator, by_letter=True)
    a_member(language="en", email="en@example.org")
    announce(by=operator, announcement_id=announcement.pk)
    relay()
    Delivery.objects.update(state="pending", done_at=None)
    relay()  # a repeated event tells nobody twice

    assert send_due() == {"sent": 2}
    subjects = {message["To"]: message["Subject"].strip() for message in server.messages}
    assert subjects == {operator.email: "Rain(한국어)", "en@example.org": "Rain"}
    assert "List-Unsubscribe" in server.messages[0]


def test_only_operators_announce_and_only_once() -> None:
    operator, announcement = an_operator(), an_announcement(made=False)
    with pytest.raises(Refused):
        announce(by=a_member(), announcement_id=announcement.pk)
    announce(by=operator, announcement_id=announcement.pk)
    with pytest.raises(AlreadyTold):
        announce(by=operator, announcement_id=announcement.pk)


def test_both_languages_are_needed() -> None:
    announcement = an_announcement(made=False, body_ko=" ")
    with pytest.raises(Invalid):
        announce(by=an_operator(), announcement_id=announcement.pk)
    announcement.refresh_from_db()
    assert announcement.made_at is None
