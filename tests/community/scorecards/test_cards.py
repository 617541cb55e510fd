"""Score cards and ranked lists: a score is a rating, lists are their owner's."""

import pytest

from community.foundation import counters
from community.reviews.models import Review
from community.scorecards.errors import NamedTwice, NotOnTheCard, NotYourList, UnknownSubject
from community.scorecards.listing import change_list, make_list
from community.scorecards.making import make_card
from community.scorecards.models import Participation, RankedList, ScoreCard
from community.scorecards.scoring import score_card
from tests.factories.members import a_member, logged_in
from tests.factories.scorecards import a_ranked_list, a_score_card
from tests.factories.subjects import a_subject

pytestmark = pytest.mark.django_db


def test_each_score_is_the_members_rating_and_may_be_changed() -> None:
    first, second, member = a_subject(), a_subject(), a_member()
    card = a_score_card(first, second)
    score_card(by=member, card=card, scores={first.slug: 5, second.slug: 1})
    score_card(by=member, card=card, scores={first.slug: 4})
    ratings = dict(Review.objects.filter(author=member).values_list("subject", "rating"))
    assert ratings == {first.pk: 4, second.pk: 1}
    card.refresh_from_db()
    assert card.member_count == 1
    assert [counter.field for counter in counters.all_counters() if counter.wrong().exists()] == []


def test_a_card_is_scored_as_a_whole_or_not_at_all() -> None:
    on_it, elsewhere, member = a_subject(), a_subject(), a_member()
    card = a_score_card(on_it)
    with pytest.raises(NotOnTheCard):
        score_card(by=member, card=card, scores={on_it.slug: 5, elsewhere.slug: 1})
    assert not Review.objects.exists()
    assert not Participation.objects.exists()


def test_a_card_names_known_subjects_once() -> None:
    subject, maker = a_subject(), a_member()
    with pytest.raises(UnknownSubject):
        make_card(by=maker, title="Menu", subjects=[subject.slug, "nowhere"])
    with pytest.raises(NamedTwice):
        make_card(by=maker, title="Menu", subjects=[subject.slug, subject.slug])
    assert not ScoreCard.objects.exists()


def test_the_card_is_filled_in_on_its_page_and_led_to_by_a_code() -> None:
    subject, member = a_subject(), a_member()
    card = a_score_card(subject)
    client = logged_in(member)
    client.post(f"/score-cards/{card.slug}/scores/", {f"score-{subject.slug}": "5"})
    assert Review.objects.get(author=member).rating == 5
    page = client.get(f"/score-cards/{card.slug}/", headers={"accept-language": "en"}).content.decode()
    assert "would buy" in page
    assert "never" in page
    code = logged_in(None).get(f"/score-cards/{card.slug}/code.svg")
    assert (code.status_code, code["Content-Type"]) == (200, "image/svg+xml")


def test_a_list_is_its_owners_and_a_private_one_nobody_elses() -> None:
    owner, other = a_member(), a_member()
    mine = a_ranked_list(a_subject(), by=owner, public=False)
    assert set(RankedList.objects.visible_to(owner)) == {mine}
    assert not RankedList.objects.visible_to(other).exists()
    assert logged_in(other).get(f"/lists/{mine.slug}/").status_code == 404
    with pytest.raises(NotYourList):
        change_list(by=other, ranked_list=mine, title="Theirs")


def test_a_list_keeps_its_order_and_notes() -> None:
    owner, first, second = a_member(), a_subject(), a_subject()
    made = make_list(by=owner, title="Best", subjects=[first.slug, second.slug], notes={second.slug: "Quiet."})
    change_list(by=owner, ranked_list=made, subjects=[second.slug, first.slug])
    assert [(line.position, line.subject, line.note) for line in made.lines.all()] == [
        (1, second, "Quiet."), (2, first, ""),
    ]  # fmt: skip
