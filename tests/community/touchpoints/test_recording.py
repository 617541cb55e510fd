"""Searches and what was opened from them become rows; a person is named only by consent."""

import uuid
from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction

from community.foundation import clock
from community.foundation.problems import NotThere
from community.outbox.events import Event
from community.touchpoints import recording
from community.touchpoints.handlers import forget_member
from community.touchpoints.models import Touchpoint
from community.touchpoints.recording import record_click, record_search
from tests.factories.members import a_member

pytestmark = pytest.mark.django_db


@pytest.fixture
def consenting(monkeypatch):
    agreed = set()
    monkeypatch.setattr(recording, "_consented", lambda member: member.pk in agreed)
    return agreed


def test_a_search_is_a_row_without_a_name():
    row = record_search(by=a_member(), words="  마당   찾기 ", results=3)
    kept = Touchpoint.objects.get()
    assert (kept.pk, kept.kind, kept.words, kept.results, kept.member, kept.channel) == (
        row.pk, "search", "마당 찾기", 3, None, "web",
    )  # fmt: skip


def test_who_consents_to_profiling_is_named(consenting):
    member = a_member()
    consenting.add(member.pk)
    assert record_search(by=member, words="마당", results=0).member == member
    assert record_search(by=a_member(), words="마당", results=0).member is None
    assert record_search(by=AnonymousUser(), words="마당", results=0).member is None


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("kim@example.com 책", "… 책"), ("전화 010-1234-5678", "전화 …"), ("iphone 15", "iphone 15"), ("\x00", "…")],
)
def test_what_identifies_a_person_is_masked_in_the_words(typed, kept):
    assert record_search(by=AnonymousUser(), words=typed, results=0).words == kept


def test_a_click_names_its_search_and_is_kept_once(consenting):
    member = a_member()
    consenting.add(member.pk)
    other = a_member()
    search = record_search(by=member, words="마당", results=1)
    first = record_click(by=member, search=search.pk, kind="member", id=other.pk, place=2)
    again = record_click(by=member, search=str(search.pk), kind="member", id=str(other.pk), place=1)
    assert first.pk == again.pk
    assert (first.follows, first.target_kind, first.target_id, first.place, first.member) == (
        search.pk, "member", other.pk, 2, member,
    )  # fmt: skip
    assert Touchpoint.objects.filter(kind="click").count() == 1


def test_a_click_without_a_known_search_or_target_leaves_no_row():
    member, search = a_member(), record_search(by=AnonymousUser(), words="마당", results=1)
    for wrong in (
        {"search": uuid.uuid4(), "kind": "member", "id": member.pk},
        {"search": "none", "kind": "member", "id": member.pk},
        {"search": search.pk, "kind": "member", "id": uuid.uuid4()},
        {"search": search.pk, "kind": "nothing", "id": member.pk},
    ):
        with pytest.raises(NotThere):
            record_click(by=member, **wrong)
    with clock.shifted(timedelta(hours=25)), pytest.raises(NotThere):
        record_click(by=member, search=search.pk, kind="member", id=member.pk)
    assert not Touchpoint.objects.filter(kind="click").exists()


def test_an_erased_member_is_forgotten(consenting):
    member, other = a_member(), a_member()
    consenting.update({member.pk, other.pk})
    record_search(by=member, words="카나리아", results=0)
    kept = record_search(by=other, words="마당", results=0)
    forget_member(Event(topic="member.erased", key=str(member.pk), payload={"member": str(member.pk)}))
    assert list(Touchpoint.objects.all()) == [kept]


@pytest.mark.parametrize(
    ("broken", "name"),
    [
        ({"kind": "visit"}, "touchpoint_kind_known"),
        ({"kind": "search", "words": "", "results": 0}, "touchpoint_search_has_words"),
        ({"kind": "search", "words": "a", "results": None}, "touchpoint_search_has_words"),
        ({"kind": "click", "target_kind": "post", "target_id": uuid.uuid4()}, "touchpoint_click_has_target"),
        ({"kind": "search", "words": "a", "results": 0, "target_kind": "post"}, "touchpoint_target_is_whole"),
    ],
)
def test_the_database_refuses_half_a_contact(broken, name):
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        Touchpoint.objects.create(channel="web", **broken)
