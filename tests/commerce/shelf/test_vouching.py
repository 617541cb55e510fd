"""A review of what was bought, confirmed and kept says so; no other does (2.33)."""

import pytest

from commerce.orders import confirming
from commerce.orders.models import OrderLine
from commerce.shelf import vouching
from community.reviews.models import Review
from community.reviews.vouching import vouch_for_purchase
from community.subjects.merging import merge_subjects
from tests.factories import imports
from tests.factories.catalog import a_product
from tests.factories.checkout import bought, goods
from tests.factories.members import a_member, an_operator
from tests.factories.orders import an_order
from tests.factories.returns import a_received_return, arrived
from tests.factories.reviews import a_review
from tests.factories.shelf import an_arrived_order
from tests.factories.subjects import a_subject

pytestmark = pytest.mark.django_db


def a_kettle():
    return a_product("Kettle").variants.select_related("product__subject").get()


def review_of(order, **said):
    return a_review(order.lines.get(kind="item").product.subject, by=order.purchase.member, **said)


def proof(review):
    return Review.objects.get(pk=review.pk).verified_by


def line_of(order):
    return f"order-line:{order.lines.get(kind='item').pk}"


def a_confirmed_order(*wanted, **said):
    """Paid for really, so that something can come back."""
    order = arrived(bought(*wanted, **said).orders.get())
    return confirming.confirm_purchase(by=order.purchase.member, order_id=order.pk)


def test_a_review_after_the_confirmation_is_marked_when_it_is_published(relay):
    order = an_arrived_order(a_kettle(), confirmed=True)
    review = review_of(order)
    relay()
    assert proof(review) == line_of(order)


def test_a_rating_alone_is_marked_too(relay):
    review = review_of(an_arrived_order(a_kettle(), confirmed=True), body="")
    relay()
    assert proof(review)


def test_a_review_before_the_confirmation_is_marked_with_it(relay):
    order = an_arrived_order(a_kettle())
    review = review_of(order)
    relay()
    assert proof(review) == ""
    confirming.confirm_purchase(by=order.purchase.member, order_id=order.pk)
    relay()
    assert proof(review) == line_of(order)


def test_who_has_not_bought_it_here_or_not_yet_gets_no_mark(relay):
    order = an_order(a_kettle())
    paid, stranger = review_of(order), a_review(order.lines.get(kind="item").product.subject, by=a_member())
    other = a_review(a_subject("Teapot"), by=order.purchase.member)
    relay()
    assert [proof(one) for one in (paid, stranger, other)] == ["", "", ""]


def test_the_mark_goes_when_everything_went_back_and_stays_for_a_part(relay):
    order = a_confirmed_order((goods(), 2))
    review = review_of(order)
    relay()
    assert proof(review) == line_of(order)
    for marked in (True, False):
        a_received_return(order)
        relay()
        assert bool(proof(review)) == marked


def test_another_purchase_of_the_same_thing_keeps_the_mark(relay):
    kettle, member = goods(), a_member()
    first, second = (a_confirmed_order(kettle, by=member) for _time in range(2))
    review = review_of(first)
    relay()
    a_received_return(first)
    relay()
    assert proof(review) == line_of(second)


def test_another_proof_is_left_alone_and_events_may_come_twice(relay):
    order = an_order(a_kettle())
    review = review_of(order)
    vouch_for_purchase(review=review, proof="till:17")
    relay()
    assert vouching.settle_order(order.pk) == 0
    assert proof(review) == "till:17"


def test_a_subject_that_was_merged_takes_its_buyers_along(relay):
    order = an_arrived_order(a_kettle(), confirmed=True)
    kept = a_subject("Kettle of steel")
    review = a_review(kept, by=order.purchase.member)
    relay()
    assert proof(review) == ""
    merge_subjects(by=an_operator(), loser=order.lines.get(kind="item").product.subject, winner=kept)
    relay()
    assert proof(review) == line_of(order)


def test_what_was_bought_before_from_the_same_vendor_counts(tmp_path, relay):
    imports.run(tmp_path, imports.line())
    line = OrderLine.objects.select_related("product__subject", "order__purchase__member").get()
    review = a_review(line.product.subject, by=line.order.purchase.member)
    relay()
    assert proof(review) == f"order-line:{line.pk}"
