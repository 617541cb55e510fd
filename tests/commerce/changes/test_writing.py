"""Who tells what changed, and which words may be named as its cause (2.18)."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from commerce.catalog import offering
from commerce.catalog.errors import NotYourProduct, ProductRemoved
from commerce.changes import conf, writing
from commerce.changes.errors import NoText, NotYet, TooManySources, UnknownSource
from commerce.changes.models import Cause, Change
from community.boards.removing import remove_topic
from community.foundation.ids import uuid7
from community.foundation.problems import Blank, NotThere, Overlong
from community.members.models import TeamMember
from tests.factories.boards import a_board, a_private_board, a_topic
from tests.factories.catalog import a_product, a_shop, seller_of
from tests.factories.changes import a_change, a_complaint_for, a_review_of, an_idea_for, reference
from tests.factories.ideas import an_idea
from tests.factories.members import a_member, an_operator
from tests.factories.reviews import a_review

pytestmark = pytest.mark.django_db
SAID = {"title": "Cooler", "source": "Of *wood* now."}


def named(change):
    return {(one.source_kind, one.source_id) for one in change.causes.all()}


def test_it_is_told_of_today_unless_a_day_is_given():
    change = a_change(source="Of *wood* now.")
    assert (change.changed_on, change.html.strip()) == (writing.here(), "<p>Of <em>wood</em> now.</p>")
    assert a_change(changed_on=dt.date(2024, 2, 29)).changed_on == dt.date(2024, 2, 29)


def test_ideas_complaints_and_reviews_are_named_each_once():
    product = a_product()
    things = [an_idea_for(product), a_complaint_for(product), a_review_of(product)]
    change = a_change(product, sources=[*things, *things])
    assert named(change) == {reference(each) for each in things}
    assert Cause.objects.count() == 3


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        ({"title": " \u200b "}, Blank),
        ({"title": "x" * 121}, Overlong),
        ({"source": "\u3164 \n"}, NoText),
        ({"source": "x" * 5_001}, Overlong),
        ({"changed_on": dt.date(1999, 12, 31)}, NotYet),
        ({"changed_on": dt.date.max}, NotYet),
        ({"changed_on": dt.date.min}, NotYet),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_told(fields, problem):
    product = a_product()
    with pytest.raises(problem):
        writing.publish_change(by=seller_of(product.vendor), product=product, **{**SAID, **fields})
    assert not Change.objects.exists()


def test_tomorrow_has_not_changed_anything_yet():
    with pytest.raises(NotYet):
        a_change(changed_on=writing.here() + dt.timedelta(days=1))


def test_only_owners_managers_and_operators_tell():
    product = a_product()
    for role, may in ((TeamMember.MANAGER, True), (TeamMember.CLERK, False)):
        member = a_member()
        TeamMember.objects.create(team=product.vendor.team, member=member, role=role)
        if may:
            assert writing.publish_change(by=member, product=product, **SAID).pk
        else:
            with pytest.raises(NotYourProduct):
                writing.publish_change(by=member, product=product, **SAID)
    assert writing.publish_change(by=an_operator(), product=product, **SAID).pk
    for stranger in (a_member(), seller_of(a_shop())):
        with pytest.raises(NotYourProduct):
            writing.publish_change(by=stranger, product=product, **SAID)
    assert Change.objects.count() == 2


def test_a_product_that_is_not_visible_is_not_there_and_a_removed_one_changes_no_more():
    product = a_product(listed=False)
    with pytest.raises(NotThere):
        writing.publish_change(by=a_member(), product=product, **SAID)
    offering.remove_product(by=seller_of(product.vendor), product=product)
    with pytest.raises(ProductRemoved):
        writing.publish_change(by=an_operator(), product=product, **SAID)


def sources_that_may_not_be_named(product):
    owner = seller_of(product.vendor)
    clerk, stranger = a_member(), a_member()
    TeamMember.objects.create(team=product.vendor.team, member=clerk, role=TeamMember.CLERK)
    removed = an_idea_for(product, by=stranger)
    remove_topic(by=stranger, topic=removed)
    return {
        "a question": a_topic(board=a_board(kind="question"), subjects=[product.subject]),
        "an idea about something else": an_idea().topic,
        "a review of something else": a_review(),
        "a rating without words": a_review_of(product, body=""),
        "an idea of its own staff": an_idea_for(product, by=owner),
        "an idea of a clerk": an_idea_for(product, by=clerk),
        "a removed idea": removed,
        "an idea on a board that is closed to it": an_idea_for(
            product, board=a_private_board(stranger, kind="idea"), by=stranger
        ),
        "a complaint that another team owns": a_complaint_for(a_product()),
    }


def test_what_is_no_customers_word_about_it_is_not_named():
    product = a_product()
    for why, thing in sources_that_may_not_be_named(product).items():
        with pytest.raises(UnknownSource):
            a_change(product, sources=[an_idea_for(product), thing])
        assert not Change.objects.exists(), why
    with pytest.raises(UnknownSource):
        a_change(product, sources=[("review", uuid7())])


def test_no_more_than_so_many_are_named(monkeypatch):
    monkeypatch.setattr(writing, "MOST_SOURCES", 2)
    assert conf.MOST_SOURCES == 50
    product = a_product()
    with pytest.raises(TooManySources):
        a_change(product, sources=[a_review_of(product) for _each in range(3)])


def test_an_edit_changes_what_is_given_and_says_that_it_did():
    change = a_change()
    edited = writing.edit_change(by=seller_of(change.product.vendor), change=change, title="Cooler still")
    assert (edited.title, edited.source, edited.version) == ("Cooler still", "It is of wood now.", 2)
    assert edited.edited_at is not None


def test_an_edit_puts_others_in_the_place_of_those_named_and_leaves_what_it_cannot_see():
    product = a_product()
    kept, dropped, hidden, added = (an_idea_for(product) for _each in range(4))
    change = a_change(product, sources=[kept, dropped, hidden])
    before = Cause.objects.get(source_id=kept.pk)
    remove_topic(by=hidden.author, topic=hidden)
    references = [reference(each) for each in (kept, added)]
    writing.edit_change(by=seller_of(product.vendor), change=change, sources=references)
    assert named(change) == {*references, reference(hidden)}
    assert Cause.objects.get(source_id=kept.pk) == before
    writing.edit_change(by=seller_of(product.vendor), change=change, sources=[])
    assert named(change) == {reference(hidden)}


def test_a_withdrawn_one_is_seen_by_its_vendor_and_operators_alone():
    change = a_change()
    owner = seller_of(change.product.vendor)
    for _time in range(2):
        writing.withdraw_change(by=owner, change=change)
    for who, sees in ((owner, True), (an_operator(), True), (a_member(), False), (seller_of(a_shop()), False)):
        assert Change.objects.visible_to(who).filter(pk=change.pk).exists() == sees
    assert not Change.objects.standing().exists()
    for _time in range(2):
        writing.show_again(by=owner, change=change)
    assert Change.objects.visible_to(a_member()).exists()


def test_nobody_touches_what_others_tell():
    change, stranger = a_change(), seller_of(a_shop())
    for act in (writing.edit_change, writing.withdraw_change, writing.show_again):
        with pytest.raises(NotYourProduct):
            act(by=stranger, change=change)
    writing.withdraw_change(by=seller_of(change.product.vendor), change=change)
    with pytest.raises(NotThere):
        writing.show_again(by=stranger, change=change)


@pytest.mark.parametrize(
    ("constraint", "fields"),
    [
        ("changes_title_not_empty", {"title": ""}),
        ("changes_text_not_empty", {"source": ""}),
        ("changes_not_before_anything_was_sold", {"changed_on": dt.date(1999, 12, 31)}),
    ],
)
def test_the_database_refuses_what_cannot_be(constraint, fields):
    a_change()
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Change.objects.update(**fields)


def test_the_database_refuses_a_cause_twice_and_of_an_unknown_kind():
    product = a_product()
    change = a_change(product, sources=[a_review_of(product)])
    [cause] = change.causes.all()
    with pytest.raises(IntegrityError, match="changes_cause_once_a_change"), transaction.atomic():
        Cause.objects.create(change=change, source_kind=cause.source_kind, source_id=cause.source_id)
    with pytest.raises(IntegrityError, match="changes_cause_known_kind"), transaction.atomic():
        Cause.objects.create(change=change, source_kind="post", source_id=uuid7())
