"""Merging: addresses lead on, reviews follow, one a member stays, counters are exact."""

import pytest

from community.foundation import counters
from community.foundation.problems import NotThere
from community.reviews.models import Review
from community.reviews.publishing import publish_review
from community.subjects.editing import edit_subject
from community.subjects.errors import AddressTaken, MergedAway, ModeratorsOnly, NotYourSubject, SameSubject
from community.subjects.finding import find_subject
from community.subjects.merging import merge_subjects
from tests.factories.members import a_member, a_team, an_operator, logged_in
from tests.factories.reviews import a_review
from tests.factories.scorecards import a_ranked_list
from tests.factories.subjects import a_steward, a_subject

pytestmark = pytest.mark.django_db


def test_reviews_lists_stewards_and_addresses_follow() -> None:
    lost, kept = a_subject("Thermos, green"), a_subject("Green thermos")
    a_review(lost, rating=2)
    a_review(kept, rating=5)
    team = a_team(a_member())
    a_steward(lost, team)
    ranked = a_ranked_list(a_subject(), lost)
    winner = merge_subjects(by=an_operator(), loser=lost, winner=kept)
    assert (winner.rating_count, winner.rating_sum, winner.review_count) == (2, 7, 2)
    assert winner.stewards.get().team == team
    assert ranked.lines.get(position=2).subject == kept
    assert find_subject(lost.slug, None) == kept
    reply = logged_in(None).get(f"/subjects/{lost.slug}/")
    assert (reply.status_code, reply["Location"]) == (301, f"/subjects/{kept.slug}/")
    assert [counter.field for counter in counters.all_counters() if counter.wrong().exists()] == []


def test_of_a_member_who_reviewed_both_the_later_stands_and_the_earlier_is_history() -> None:
    author, lost, kept = a_member(), a_subject(), a_subject()
    a_review(kept, by=author, rating=5, body="First.")
    a_review(lost, by=author, rating=2, body="Later.")
    merge_subjects(by=an_operator(), loser=lost, winner=kept)
    standing = Review.objects.get(subject=kept, removed_at=None)
    assert (standing.rating, standing.source) == (2, "Later.")
    assert [(row.rating, row.source) for row in standing.revisions.all()] == [(5, "First.")]
    kept.refresh_from_db()
    assert (kept.rating_count, kept.rating_sum) == (1, 2)


def test_an_address_leads_through_several_merges() -> None:
    first, second, third = a_subject(), a_subject(), a_subject()
    merge_subjects(by=an_operator(), loser=first, winner=second)
    merge_subjects(by=an_operator(), loser=second, winner=third)
    assert find_subject(first.slug, None) == find_subject(second.slug, None) == third


def test_only_moderators_merge() -> None:
    lost, kept = a_subject(), a_subject()
    with pytest.raises(ModeratorsOnly):
        merge_subjects(by=a_member(), loser=lost, winner=kept)
    lost.refresh_from_db()
    assert lost.merged_into is None
    assert logged_in(a_member()).get(f"/subjects/{lost.slug}/merge/").status_code == 404


def test_a_subject_is_merged_once_and_not_into_itself() -> None:
    lost, kept, other = a_subject(), a_subject(), a_subject()
    with pytest.raises(SameSubject):
        merge_subjects(by=an_operator(), loser=kept, winner=kept)
    merge_subjects(by=an_operator(), loser=lost, winner=kept)
    with pytest.raises(MergedAway):
        merge_subjects(by=an_operator(), loser=lost, winner=other)
    with pytest.raises(MergedAway):
        publish_review(by=a_member(), subject=lost, rating=3)


def test_a_new_address_keeps_the_old_one_for_itself() -> None:
    maker = a_member()
    subject, other = a_subject(slug="first", creator=maker), a_subject(creator=maker)
    edit_subject(by=maker, subject=subject, slug="second")
    assert find_subject("first", None) == subject
    with pytest.raises(AddressTaken):
        edit_subject(by=maker, subject=other, slug="first")
    with pytest.raises(NotYourSubject):
        edit_subject(by=a_member(), subject=subject, name="Mine now")


def test_nothing_is_at_an_address_that_never_was() -> None:
    with pytest.raises(NotThere):
        find_subject("nowhere", None)
