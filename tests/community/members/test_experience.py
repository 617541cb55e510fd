"""Guidance for first acts fades as one does them."""

import pytest
from django.test import Client

from community.members.templatetags import experience
from tests.factories.boards import a_board, a_topic
from tests.factories.members import a_member, logged_in
from tests.factories.reviews import a_review
from tests.factories.subjects import a_subject

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nothing_remembered(monkeypatch) -> None:
    monkeypatch.setattr(experience._known, "seconds", 0)


def guidance(page: str, name: str) -> str:
    """How guidance of this name stands in the page: open, folded or gone."""
    if f'data-guidance="{name}"' not in page:
        return "gone"
    return "open" if f'data-guidance="{name}" open' in page else "folded"


def test_guidance_for_a_topic_is_open_then_folded_then_gone() -> None:
    member, board = a_member(), a_board()
    seen = []
    for _ in range(4):
        page = logged_in(member).get(f"/boards/{board.slug}/new/").content.decode()
        seen.append(guidance(page, "topic"))
        a_topic(by=member, board=board)
    assert seen == ["open", "folded", "folded", "gone"]


def test_guidance_for_a_review_counts_reviews_alone() -> None:
    member, subject = a_member(), a_subject()
    for _ in range(3):
        a_topic(by=member)
    address = f"/subjects/{subject.slug}/reviews/new/"
    assert guidance(logged_in(member).get(address).content.decode(), "review") == "open"
    for _ in range(3):
        a_review(by=member)
    assert guidance(logged_in(member).get(address).content.decode(), "review") == "gone"


def test_the_first_rating_is_explained_and_the_second_is_not() -> None:
    member, subject = a_member(language="en"), a_subject()
    hint = "One press is enough"
    assert hint in logged_in(member).get(f"/subjects/{subject.slug}/").content.decode()
    a_review(a_subject(), by=member, body="")
    assert hint not in logged_in(member).get(f"/subjects/{subject.slug}/").content.decode()


def test_a_guest_is_told_nothing_of_it(client: Client) -> None:
    topic = a_topic()
    assert "data-guidance" not in client.get(f"/topics/{topic.pk}/").content.decode()
