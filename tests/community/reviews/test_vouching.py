"""Purchases are verified and rewards disclosed by code above alone: no client can set them."""

import pytest

from community.reviews.models import Incentive
from community.reviews.vouching import disclose_incentive, vouch_for_purchase
from tests.factories.members import a_member, logged_in, with_token
from tests.factories.reviews import a_review
from tests.factories.subjects import a_subject

pytestmark = pytest.mark.django_db
OURS = ("verified", "verified_by", "incentive", "incentive_note", "helpful_count", "author", "published_at")


@pytest.mark.parametrize("field", OURS)
def test_a_client_that_sends_them_is_refused(client, field: str) -> None:
    subject, member = a_subject(), a_member()
    body = {"rating": 5, "body": "Mine.", field: "1"}
    reply = client.post(
        f"/api/v1/subjects/{subject.slug}/reviews/", body, content_type="application/json", headers=with_token(member)
    )
    assert reply.status_code == 400
    assert reply.json()["errors"][0]["code"] == "unknown_field"
    assert not subject.reviews.exists()


def test_a_form_that_sends_them_changes_nothing() -> None:
    subject, member = a_subject(), a_member()
    sent = {"rating": "5", "body": "Mine.", **dict.fromkeys(OURS, "1")}
    assert logged_in(member).post(f"/subjects/{subject.slug}/reviews/new/", sent).status_code == 302
    review = subject.reviews.get()
    assert (review.verified, review.incentive, review.helpful_count, review.author) == (False, "", 0, member)


def test_code_above_sets_them_and_everyone_reads_it() -> None:
    review = a_review(rating=5)
    vouch_for_purchase(review=review, proof="order-line:1")
    disclose_incentive(review=review, incentive=Incentive.PRODUCT, note="for a test")
    told = logged_in(None).get(f"/api/v1/reviews/{review.pk}/").json()
    assert (told["verified"], told["incentive"], told["incentive_note"]) == (True, "product", "for a test")
