"""What makes a poll, and what does not."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from community.boards.errors import NotYours
from community.boards.models import Topic
from community.foundation import clock
from community.foundation.problems import NotThere
from community.polls import conf
from community.polls.closing import close_poll
from community.polls.errors import PollClosed, WrongPoll
from community.polls.models import Ballot, Option, Poll
from community.polls.opening import drafted
from tests.factories.boards import a_board, a_private_board, a_topic
from tests.factories.members import a_member
from tests.factories.polls import a_poll

pytestmark = pytest.mark.django_db


def test_a_topic_carries_its_poll():
    topic = a_topic(
        data={"poll": {"question": " What  now? ", "options": "Tea\n\n Coffee \n", "kind": "ranked", "days": 3}}
    )
    poll = Poll.objects.get(topic=topic)
    assert (poll.question, poll.kind, poll.most_choices) == ("What now?", "ranked", 2)
    assert [option.text for option in poll.options.all()] == ["Tea", "Coffee"]
    assert abs(poll.closes_at - clock.now() - dt.timedelta(days=3)) < dt.timedelta(minutes=1)


def test_a_topic_without_answers_has_none():
    topic = a_topic(data={"poll": {"question": "", "options": "", "kind": "single"}})
    assert not Poll.objects.filter(topic=topic).exists()


@pytest.mark.parametrize(
    "entered",
    [
        {"options": ["One"]},
        {"options": [str(number) for number in range(21)]},
        {"options": ["x"] * 1_000_000},
        {"options": "x\n" * 1_000_000},
        {"options": ["Same", "Same "]},
        {"options": ["A", "B" * 121]},
        {"options": ["A", "B"], "kind": "condorcet"},
        {"options": ["A", "B"], "question": "q" * 201},
        {"options": ["A", "B"], "kind": "multiple", "most_choices": 3},
        {"options": ["A", "B"], "kind": "multiple", "most_choices": 0},
        {"options": ["A", "B"], "days": 366},
        {"options": ["A", "B"], "closes_at": dt.datetime(2020, 1, 1, tzinfo=dt.UTC)},
        {"question": "And the answers?"},
    ],
    ids=lambda entered: str(entered)[:40],
)
def test_a_wrong_poll_leaves_no_topic(entered):
    with pytest.raises(WrongPoll):
        a_topic(data={"poll": entered})
    assert (Topic.objects.count(), Poll.objects.count()) == (0, 0)


def test_a_single_choice_is_one_whatever_was_asked():
    draft = drafted({"options": ["A", "B"], "kind": "single", "most_choices": 2})
    assert draft.most_choices == 1


def test_its_author_and_moderators_close_it_once():
    moderator = a_member()
    board = a_board(moderator=moderator)
    poll = a_poll(topic=a_topic(board=board))
    with pytest.raises(NotYours):
        close_poll(by=a_member(), topic_id=poll.topic_id)
    assert close_poll(by=moderator, topic_id=poll.topic_id).closed
    with pytest.raises(PollClosed):
        close_poll(by=poll.topic.author, topic_id=poll.topic_id)


def test_a_private_poll_is_not_there():
    author = a_member()
    poll = a_poll(topic=a_topic(board=a_private_board(author), by=author))
    with pytest.raises(NotThere):
        close_poll(by=a_member(), topic_id=poll.topic_id)
    assert not Poll.objects.visible_to(a_member()).exists()
    assert Poll.objects.visible_to(author).get() == poll


@pytest.mark.parametrize(
    ("rule", "breach"),
    [
        ("polls_known_kind", {"kind": "none"}),
        ("polls_choices_bounded", {"kind": "multiple", "most_choices": conf.MOST_OPTIONS + 1}),
        ("polls_single_is_one", {"most_choices": 2}),
        ("polls_close_after_opening", {"closes_at": dt.datetime(2020, 1, 1, tzinfo=dt.UTC)}),
    ],
)
def test_the_database_holds_the_rules_of_polls(rule, breach):
    poll = a_poll()
    with pytest.raises(IntegrityError, match=rule), transaction.atomic():
        Poll.objects.filter(pk=poll.pk).update(**breach)


def test_the_database_holds_the_rules_of_answers_and_ballots():
    poll = a_poll()
    breaches = {
        "polls_option_position_once": lambda: Option.objects.create(poll=poll, position=1, text="Juice"),
        "polls_option_text_once": lambda: Option.objects.create(poll=poll, position=9, text="Tea"),
        "polls_options_bounded": lambda: Option.objects.create(poll=poll, position=21, text="Juice"),
        "polls_option_says_something": lambda: Option.objects.create(poll=poll, position=9, text=""),
        "polls_ballot_bounded": lambda: Ballot.objects.create(
            poll=poll, member=a_member(), choices=[], cast_at=clock.now()
        ),
    }
    for rule, breach in breaches.items():
        with pytest.raises(IntegrityError, match=rule), transaction.atomic():
            breach()
