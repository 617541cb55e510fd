"""Authors are told once and rewarded once; the credit goes where the words go (2.18)."""

import pytest

from commerce.changes import crediting, writing
from commerce.changes.models import Cause
from commerce.changes.reading import told
from commerce.points.models import Earning
from community.boards.removing import hide, remove_topic, restore_topic
from community.members import leaving
from community.members.ignoring import ignore
from community.notifications.models import Letter, Notice
from community.reviews.removing import remove_review, restore_review
from tests.factories.boards import a_private_board
from tests.factories.catalog import a_product, a_shop, seller_of
from tests.factories.changes import a_change, a_complaint_for, a_review_of, an_idea_for, reference
from tests.factories.ideas import an_idea
from tests.factories.members import a_member, an_operator
from tests.factories.points import a_rule
from tests.factories.reviews import a_review

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _rules():
    for act, points in (("changed_product", 300), ("review", 0), ("idea", 0)):
        a_rule(act, points=points)


def points(member):
    return sum(one.kept for one in Earning.objects.filter(member=member, rule="changed_product"))


def notices(member):
    return Notice.objects.filter(member=member, kind=crediting.NOTICE)


def shown(change, reader):
    [seen] = told(change.product, [change], reader)
    return [(one.kind, one.author) for one in seen.credits]


def test_each_author_is_credited_told_and_rewarded(relay):
    product = a_product()
    idea, complaint, review = an_idea_for(product), a_complaint_for(product), a_review_of(product)
    change = a_change(product, sources=[idea, complaint, review])
    relay()
    authors = [idea.author, complaint.author, review.author]
    assert shown(change, a_member()) == list(zip(("idea", "complaint", "review"), authors, strict=True))
    for author in authors:
        notice = notices(author).get()
        assert (notice.target_kind, notice.target_id, notice.count) == ("change", change.pk, 1)
        assert Letter.objects.filter(member=author).count() == 1
        assert points(author) == 300


def test_who_is_named_again_is_told_and_rewarded_no_second_time(relay):
    product = a_product()
    idea, by = an_idea_for(product), seller_of(product.vendor)
    change = a_change(product, sources=[idea])
    relay()
    for sources in ([], [reference(idea)]):
        writing.edit_change(by=by, change=change, sources=sources)
        relay()
    assert notices(idea.author).get().count == 1
    a_change(product, sources=[idea])
    relay()
    assert notices(idea.author).count() == 2  # of another change
    assert points(idea.author) == 300  # for the same words


def test_an_edit_of_the_words_alone_tells_nobody(relay):
    product = a_product()
    change = a_change(product, sources=[an_idea_for(product)])
    Cause.objects.all().delete()
    relay()
    writing.edit_change(by=seller_of(product.vendor), change=change, title="Cooler")
    relay()
    assert not Notice.objects.filter(kind=crediting.NOTICE).exists()


@pytest.mark.parametrize("way", ["removed", "hidden"])
def test_the_credit_and_the_points_go_with_an_idea_and_come_back_with_it(relay, way):
    product = a_product()
    idea, reader, operator = an_idea_for(product), a_member(), an_operator()
    change = a_change(product, sources=[idea])
    relay()
    if way == "removed":
        remove_topic(by=idea.author, topic=idea)
    else:
        hide(target=idea, by=operator, reason="Spam")
    relay()
    for each in (reader, idea.author, operator):  # who may still read it is shown no credit either
        assert shown(change, each) == []
    assert points(idea.author) == 0
    restore_topic(by=idea.author if way == "removed" else operator, topic=idea)
    relay()
    assert shown(change, reader) == [("idea", idea.author)]
    assert points(idea.author) == 300


def test_the_credit_and_the_points_go_with_a_review_and_come_back_with_it(relay):
    product = a_product()
    review = a_review_of(product)
    change = a_change(product, sources=[review])
    relay()
    remove_review(target=review, by=review.author)
    relay()
    assert (shown(change, a_member()), points(review.author)) == ([], 0)
    restore_review(target=review, by=review.author)
    relay()
    assert (shown(change, a_member()), points(review.author)) == ([("review", review.author)], 300)


def test_words_that_went_before_anyone_was_told_are_told_of_to_nobody(relay):
    product = a_product()
    idea = an_idea_for(product)
    a_change(product, sources=[idea])
    remove_topic(by=idea.author, topic=idea)
    relay()
    assert not notices(idea.author).exists()
    assert points(idea.author) == 0


def test_a_change_withdrawn_before_anyone_was_told_is_told_of_to_nobody(relay):
    product = a_product()
    idea = an_idea_for(product)
    change = a_change(product, sources=[idea])
    writing.withdraw_change(by=seller_of(product.vendor), change=change)
    relay()
    assert not notices(idea.author).exists()
    assert points(idea.author) == 0


def test_what_a_vendor_takes_back_later_costs_the_author_nothing(relay):
    product = a_product()
    idea = an_idea_for(product)
    change = a_change(product, sources=[idea])
    relay()
    writing.withdraw_change(by=seller_of(product.vendor), change=change)
    relay()
    assert points(idea.author) == 300


def test_only_who_may_read_the_words_sees_the_credit(relay):
    owner, author = a_member(), a_member()
    product = a_product(vendor=a_shop(owner=owner))
    open_idea = an_idea_for(product)
    closed = an_idea(board=a_private_board(author, owner, kind="idea"), by=author, subjects=[product.subject]).topic
    change = a_change(product, sources=[closed, open_idea])
    assert [who for _kind, who in shown(change, owner)] == [author, open_idea.author]
    assert [who for _kind, who in shown(change, a_member())] == [open_idea.author]
    reader = a_member()
    ignore(by=reader, member=open_idea.author)
    assert shown(change, reader) == []


def test_who_left_is_named_no_more(relay):
    product = a_product()
    review, idea = a_review_of(product), an_idea_for(product)
    change = a_change(product, sources=[review, idea])
    relay()
    for author in (review.author, idea.author):
        leaving.ask_for_erasure(by=author)
    assert shown(change, a_member()) == [("review", None), ("idea", None)]  # at once
    relay()
    assert shown(change, a_member()) == [("review", None), ("idea", None)]
    [seen] = told(change.product, [change], a_member())
    assert seen.thanked == []


def test_an_imported_review_has_no_author_to_thank(relay):
    product = a_product()
    review = a_review_of(product)
    type(review).objects.filter(pk=review.pk).update(author=None, author_name="k***")
    change = a_change(product, sources=[review])
    relay()
    assert shown(change, a_member()) == [("review", None)]
    assert not Notice.objects.filter(kind=crediting.NOTICE).exists()


def test_a_review_that_is_named_by_nobody_earns_nothing_when_it_comes_back(relay):
    review = a_review()
    remove_review(target=review, by=review.author)
    restore_review(target=review, by=review.author)
    relay()
    assert points(review.author) == 0
