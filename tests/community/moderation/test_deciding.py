"""Decisions hide and restore, with a reason that the author reads and may answer."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from community.boards.removing import remove_post, remove_topic, restore_post
from community.foundation import clock
from community.foundation.problems import Invalid, NotThere, Problem
from community.moderation.appealing import answer_appeal, appeal
from community.moderation.deciding import claim, decide, release
from community.moderation.errors import (
    AlreadyDecided,
    NotByTheSame,
    ReasonMissing,
    TakenByAnother,
    TooLateToAppeal,
)
from community.moderation.models import Case, Decision, Entry
from community.notifications.listing import page_of_notices
from community.notifications.models import Letter
from tests.factories.boards import a_board, a_post, a_topic, let_moderate
from tests.factories.members import a_member, an_operator
from tests.factories.moderation import a_case
from tests.factories.reviews import a_review

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _english(settings) -> None:
    settings.LANGUAGE_CODE = "en"


def a_moderator(board):
    moderator = a_member()
    let_moderate(moderator, board)
    return moderator


def lines(member) -> list[str]:
    return [shown.text for shown in page_of_notices(member, cursor=None)]


def test_hiding_tells_the_author_why_and_the_reporter_what(relay) -> None:
    board, author, reporter = a_board(), a_member(), a_member()
    moderator = a_moderator(board)
    post = a_post(a_topic(board=board, title="Gold"), by=author)
    case = a_case(post, by=reporter)
    decision = decide(by=moderator, case_id=case.pk, outcome="hidden", reason="Advertising.")
    relay()

    post.refresh_from_db()
    case.refresh_from_db()
    assert (post.state, case.state, case.claimed_by) == ("hidden", "decided", None)
    assert lines(author) == ["A moderator decided about “Gold”. Read why, and answer if you disagree."]
    assert lines(reporter) == ["What you flagged was looked at: “Gold”"]
    assert Letter.objects.filter(member=author, kind="moderated").count() == 1
    entry = Entry.objects.get()
    assert (entry.act, entry.reason, entry.board, entry.by) == ("hidden", "Advertising.", board, moderator)
    assert Decision.objects.get() == decision, "the event of the hiding itself records nothing twice"


def test_leaving_it_changes_nothing_and_tells_the_reporter_alone(relay) -> None:
    author, reporter = a_member(), a_member()
    post = a_post(by=author)
    case = a_case(post, by=reporter)
    decide(by=an_operator(), case_id=case.pk, outcome="kept", reason="It is a fair opinion.")
    relay()

    post.refresh_from_db()
    assert post.state == "published"
    assert (lines(author), len(lines(reporter))) == ([], 1)
    assert Entry.objects.get().act == "kept"


def test_a_review_is_hidden_by_operators() -> None:
    review = a_review()
    case = a_case(review, kind="review")
    decide(by=an_operator(), case_id=case.pk, outcome="hidden", reason="Paid for.")

    review.refresh_from_db()
    assert (review.removed_at is not None, review.removal_reason) == (True, "Paid for.")


@pytest.mark.parametrize(
    ("wrong", "problem"),
    [({"reason": "  "}, ReasonMissing), ({"reason": "x" * 1001}, Invalid), ({"outcome": "burnt"}, Invalid)],
)
def test_a_decision_needs_a_reason_and_a_known_outcome(wrong, problem) -> None:
    case = a_case()
    with pytest.raises(problem):
        decide(**{"by": an_operator(), "case_id": case.pk, "outcome": "hidden", "reason": "Spam.", **wrong})
    assert (Decision.objects.count(), Entry.objects.count(), Case.objects.get().state) == (0, 0, "open")


def test_a_moderator_of_another_board_finds_nothing_to_decide() -> None:
    case = a_case()
    with pytest.raises(NotThere):
        decide(by=a_moderator(a_board()), case_id=case.pk, outcome="hidden", reason="Mine.")
    assert Decision.objects.count() == 0


def test_a_case_is_decided_once() -> None:
    case, operator = a_case(), an_operator()
    decide(by=operator, case_id=case.pk, outcome="hidden", reason="Spam.")
    with pytest.raises(AlreadyDecided):
        decide(by=operator, case_id=case.pk, outcome="hidden", reason="Spam.")
    with pytest.raises(AlreadyDecided):
        decide(by=operator, case_id=case.pk, outcome="kept", reason="No.")
    assert Decision.objects.count() == 1


def test_what_was_hidden_can_be_shown_again_and_hidden_again() -> None:
    post, operator = a_post(), an_operator()
    case = a_case(post)
    for outcome, state in (("hidden", "hidden"), ("restored", "published"), ("hidden", "hidden")):
        decide(by=operator, case_id=case.pk, outcome=outcome, reason="Once more.")
        post.refresh_from_db()
        assert post.state == state


def test_a_taken_case_is_another_moderators_for_half_an_hour() -> None:
    board = a_board()
    one, two = a_moderator(board), a_moderator(board)
    case = a_case(a_post(a_topic(board=board)))
    claim(by=one, case_id=case.pk)
    with pytest.raises(TakenByAnother):
        claim(by=two, case_id=case.pk)
    with pytest.raises(TakenByAnother):
        decide(by=two, case_id=case.pk, outcome="kept", reason="Fine.")
    with clock.shifted(dt.timedelta(minutes=31)):
        claim(by=two, case_id=case.pk)
        release(by=two, case_id=case.pk)
    claim(by=one, case_id=case.pk)
    assert decide(by=one, case_id=case.pk, outcome="kept", reason="Fine.").by == one


def test_a_decision_about_something_its_author_removed_cannot_be_undone_by_the_author() -> None:
    author = a_member()
    post = a_post(by=author)
    case = a_case(post)
    remove_post(by=author, post=post)
    decide(by=an_operator(), case_id=case.pk, outcome="hidden", reason="Spam.")
    with pytest.raises(Problem):
        restore_post(by=author, post=post)

    post.refresh_from_db()
    assert post.state == "hidden"


def test_hiding_where_it_stands_gives_the_author_the_same_statement(relay) -> None:
    board, author = a_board(), a_member()
    moderator = a_moderator(board)
    topic = a_topic(board=board, by=author, title="Gold")
    remove_topic(by=moderator, topic=topic, reason="Advertising.")
    relay()

    decision = Decision.objects.get()
    assert (decision.outcome, decision.reason, decision.by) == ("hidden", "Advertising.", moderator)
    assert (decision.case.target_kind, decision.case.author, decision.case.state) == ("topic", author, "decided")
    assert lines(author) == ["A moderator decided about “Gold”. Read why, and answer if you disagree."]
    assert Entry.objects.get().board == board


def test_what_its_author_removes_is_no_decision(relay) -> None:
    author = a_member()
    post = a_post(by=author)
    remove_post(by=author, post=post)
    relay()

    assert (Decision.objects.count(), Entry.objects.count()) == (0, 0)


def a_hidden_post(author, by):
    post = a_post(a_topic(title="Gold"), by=author)
    return post, decide(by=by, case_id=a_case(post).pk, outcome="hidden", reason="Advertising.")


def test_the_author_answers_and_another_looks_again(relay) -> None:
    author, board = a_member(), a_board()
    one, two = a_moderator(board), a_moderator(board)
    post = a_post(a_topic(board=board, title="Gold"), by=author)
    decision = decide(by=one, case_id=a_case(post).pk, outcome="hidden", reason="Advertising.")
    made = appeal(by=author, decision_id=decision.pk, text="It was a question.")
    with pytest.raises(NotByTheSame):
        answer_appeal(by=one, appeal_id=made.pk, upheld=True, answer="No.")
    answer_appeal(by=two, appeal_id=made.pk, upheld=False, answer="You are right.")
    relay()

    post.refresh_from_db()
    made.refresh_from_db()
    assert (post.state, made.upheld, made.answered_by) == ("published", False, two)
    assert "Your objection about “Gold” was answered." in lines(author)
    assert list(Entry.objects.order_by("at").values_list("act", flat=True)) == ["hidden", "restored"]


def test_only_the_author_answers_once_and_within_six_months() -> None:
    author = a_member()
    _post, decision = a_hidden_post(author, an_operator())
    with pytest.raises(NotThere):
        appeal(by=a_member(), decision_id=decision.pk, text="Me too.")
    with pytest.raises(Invalid):
        appeal(by=author, decision_id=decision.pk, text=" ")
    with clock.shifted(dt.timedelta(days=184)), pytest.raises(TooLateToAppeal):
        appeal(by=author, decision_id=decision.pk, text="Late.")
    appeal(by=author, decision_id=decision.pk, text="Please look again.")
    with pytest.raises(AlreadyDecided):
        appeal(by=author, decision_id=decision.pk, text="Please!")


def test_the_database_refuses_a_decision_without_a_reason() -> None:
    _post, decision = a_hidden_post(a_member(), an_operator())
    with pytest.raises(IntegrityError), transaction.atomic():
        Decision.objects.filter(pk=decision.pk).update(reason="")
