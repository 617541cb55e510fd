"""Members flag; one case gathers the flags; nobody else learns who."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction

from community.boards.removing import remove_post
from community.foundation.ids import uuid7
from community.foundation.problems import Invalid, NotThere
from community.members.errors import AllowanceSpent
from community.moderation.errors import AlreadyFlagged, NotFlaggable, OwnWords
from community.moderation.flagging import flag
from community.moderation.models import Case, Flag
from community.moderation.queue import cases_for, waiting
from tests.factories.boards import a_board, a_post, a_private_board, a_topic, let_moderate
from tests.factories.members import a_member, an_operator
from tests.factories.moderation import a_case
from tests.factories.reviews import a_review

pytestmark = pytest.mark.django_db


def test_flags_of_one_thing_are_one_case_with_a_copy_of_its_words() -> None:
    post = a_post(body="Buy gold now")
    first = a_case(post, reason="spam")
    second = a_case(post, reason="abuse", note="again")

    assert first == second
    case = Case.objects.get()
    assert (case.flag_count, case.words, case.state, case.board) == (2, "Buy gold now", "open", post.topic.board)
    assert [row.reason for row in case.flags.order_by("at")] == ["spam", "abuse"]


def test_a_review_and_a_topic_can_be_flagged_too() -> None:
    assert a_case(a_review(body="Best ever"), kind="review").words == "Best ever"
    assert a_case(a_topic(body="Hello all"), kind="topic").words == "Hello all"


def test_nobody_flags_the_same_twice() -> None:
    post, member = a_post(), a_member()
    a_case(post, by=member)
    with pytest.raises(AlreadyFlagged):
        a_case(post, by=member)
    assert (Flag.objects.count(), Case.objects.get().flag_count) == (1, 1)


def test_nobody_flags_their_own_or_what_they_may_not_see() -> None:
    author = a_member()
    hidden = a_post(a_topic(board=a_private_board(author), by=author), by=author)
    with pytest.raises(OwnWords):
        a_case(hidden, by=author)
    with pytest.raises(NotThere):
        a_case(hidden)
    assert Case.objects.count() == 0


@pytest.mark.parametrize(
    ("wrong", "problem"),
    [({"reason": "boredom"}, Invalid), ({"note": "x" * 501}, Invalid), ({"kind": "nonsense"}, NotThere)],
)
def test_what_cannot_be_is_refused(wrong, problem) -> None:
    post = a_post()
    with pytest.raises(problem):
        flag(**{"by": a_member(), "kind": "post", "target_id": post.pk, "reason": "spam", **wrong})
    assert Case.objects.count() == 0


def test_what_has_no_act_to_hide_it_cannot_be_flagged() -> None:
    with pytest.raises(NotFlaggable):
        flag(by=a_member(), kind="member", target_id=a_member().pk, reason="spam")


def test_flags_a_day_are_limited() -> None:
    new, topic = a_member(trust_level=0), a_topic()
    for _ in range(5):
        a_case(a_post(topic), by=new)
    with pytest.raises(AllowanceSpent):
        a_case(a_post(topic), by=new)
    assert Flag.objects.count() == 5


def test_a_moderator_sees_the_cases_of_their_boards_alone() -> None:
    moderator, board = a_member(), a_board()
    let_moderate(moderator, board)
    mine = a_case(a_post(a_topic(board=board)))
    a_case()
    a_case(a_review(), kind="review")

    assert list(cases_for(moderator)) == [mine]
    assert waiting(moderator) == 1
    assert waiting(an_operator()) == 3
    assert waiting(a_member()) == 0
    assert waiting(AnonymousUser()) == 0


def test_a_moderator_does_not_work_on_a_case_of_their_own() -> None:
    moderator, board = a_member(), a_board()
    let_moderate(moderator, board)
    a_case(a_post(a_topic(board=board), by=moderator))

    assert list(cases_for(moderator)) == []


def test_who_flagged_is_seen_by_those_who_work_on_it_and_by_themselves() -> None:
    moderator, elsewhere, author, reporter, board = a_member(), a_member(), a_member(), a_member(), a_board()
    let_moderate(moderator, board)
    let_moderate(elsewhere, a_board())
    a_case(a_post(a_topic(board=board), by=author), by=reporter)

    seen = {who: Flag.objects.visible_to(who).count() for who in (moderator, reporter, author, elsewhere)}
    assert seen == {moderator: 1, reporter: 1, author: 0, elsewhere: 0}


def test_spam_that_its_author_removed_stays_reviewable() -> None:
    author = a_member()
    post = a_post(by=author, body="Buy gold now")
    case = a_case(post)
    remove_post(by=author, post=post)

    assert [row.words for row in cases_for(an_operator())] == ["Buy gold now"]
    assert case.state == "open"


def test_the_database_holds_one_open_case_a_target() -> None:
    case = a_case()
    case.pk = uuid7()
    with pytest.raises(IntegrityError), transaction.atomic():
        case.save(force_insert=True)
