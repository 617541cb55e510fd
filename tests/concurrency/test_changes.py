"""Rivals at one change: the causes of the last stand, none twice, none too many (item 2.18)."""

import pytest

from commerce.changes import crediting, writing
from commerce.changes.errors import TooManySources
from commerce.changes.models import Cause, Change
from commerce.points.models import Earning
from community.members.models import Member
from community.notifications.models import Notice
from tests.concurrency.kit import all_went_well, meet_before, race
from tests.factories.catalog import a_product, seller_of
from tests.factories.changes import a_change, a_review_of, an_idea_for, reference
from tests.factories.points import a_rule

pytestmark = pytest.mark.django_db(transaction=True)


def edits(change, *things):
    by = seller_of(change.product.vendor)
    references = [reference(each) for each in things]
    return lambda: writing.edit_change(
        by=Member.objects.get(pk=by.pk), change=Change.objects.get(pk=change.pk), sources=references
    )


def rewrites(change, **told):
    by = seller_of(change.product.vendor)
    return lambda: writing.edit_change(by=Member.objects.get(pk=by.pk), change=Change.objects.get(pk=change.pk), **told)


def test_without_the_lock_what_another_of_the_staff_wrote_is_lost(monkeypatch):
    change = a_change()
    monkeypatch.setattr(writing, "_locked", lambda by, change: Change.objects.get(pk=change.pk))
    meeting = meet_before(monkeypatch, writing, "_put")
    assert all_went_well(race(rewrites(change, title="Cool"), rewrites(change, source="Of cork.")))
    assert meeting.happened
    change.refresh_from_db()
    assert (change.title == "Cool", change.source == "Of cork.") in {(True, False), (False, True)}


def test_what_two_of_the_staff_write_at_once_stands_both(monkeypatch):
    change = a_change()
    meeting = meet_before(monkeypatch, writing, "_put")
    assert all_went_well(race(rewrites(change, title="Cool"), rewrites(change, source="Of cork.")))
    assert not meeting.happened
    change.refresh_from_db()
    assert (change.title, change.source, change.version) == ("Cool", "Of cork.", 3)


def test_the_causes_of_the_last_stand_and_no_more_than_may_be(monkeypatch):
    monkeypatch.setattr(writing, "MOST_SOURCES", 1)
    product = a_product()
    change = a_change(product)
    things = [an_idea_for(product), a_review_of(product)]
    meeting = meet_before(monkeypatch, writing, "_require_nameable")
    outcomes = race(*[edits(change, each) for each in things])
    assert not meeting.happened
    assert [type(one.raised) for one in outcomes if one.raised and not isinstance(one.raised, TooManySources)] == []
    assert Cause.objects.count() == 1


def test_the_same_cause_by_two_of_the_staff_is_named_once():
    product = a_product()
    change, idea = a_change(product), an_idea_for(product)
    assert all_went_well(race(*[edits(change, idea)] * 4))
    assert Cause.objects.count() == 1
    change.refresh_from_db()
    assert change.version == 5


def test_two_workers_thank_once():
    a_rule("changed_product", points=300)
    product = a_product()
    idea = an_idea_for(product)
    [cause] = a_change(product, sources=[idea]).causes.all()
    acts = [lambda: crediting.tell_author(cause.pk), lambda: crediting.reward_author(reference(idea))]
    assert all_went_well(race(*acts, *acts))
    assert Notice.objects.get(kind=crediting.NOTICE).count == 1
    assert sum(one.points for one in Earning.objects.filter(rule="changed_product")) == 300
