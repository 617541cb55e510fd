"""What is said about a subject reaches the teams that answer for it."""

import pytest

from community.boards.editing import edit_topic
from community.members.ignoring import ignore
from community.members.models import Member
from community.notifications.models import Letter, Notice
from community.notifications.sending import send_due
from community.reading.following import follow_board
from tests.factories.boards import a_board, a_private_board, a_topic
from tests.factories.members import a_member, a_team
from tests.factories.subjects import a_steward, a_subject

pytestmark = pytest.mark.django_db


def told(member: Member) -> list[str]:
    return sorted(Notice.objects.filter(member=member).values_list("kind", flat=True))


def a_made_subject(*makers: Member):
    subject = a_subject("Kettle")
    for maker in makers:
        a_steward(subject, a_team(maker))
    return subject


@pytest.mark.parametrize(
    ("kind", "expected", "extra"),
    [
        ("question", ["asked"], {}),
        ("word_of_mouth", ["told"], {"verdict": "recommend"}),
        ("idea", ["told"], {"data": {"idea": {"stage": "design"}}}),
        ("discussion", [], {}),
    ],
)
def test_each_kind_of_topic_is_told_in_its_words(relay, kind: str, expected: list[str], extra: dict) -> None:
    clerk, manager = a_member(), a_member()
    subject = a_subject()
    a_steward(subject, a_team(clerk, role="clerk"))
    a_steward(subject, a_team(manager, role="manager"))
    a_topic(board=a_board(kind=kind), subjects=[subject], **extra)
    relay()

    assert (told(clerk), told(manager)) == (expected, expected)


def test_of_a_complaint_the_owners_are_told_as_owners_and_the_others_as_makers(relay) -> None:
    owner, other = a_member(), a_member()
    a_topic(board=a_board(kind="complaint"), subjects=[a_made_subject(owner, other)])
    relay()

    assert (told(owner), told(other)) == (["complaint_owned"], ["told"])


def test_the_letter_names_who_asked_and_what(relay, server) -> None:
    clerk, nari = a_member(language="en"), a_member(display_name="Nari")
    a_topic(board=a_board(kind="question"), by=nari, title="Does it whistle?", subjects=[a_made_subject(clerk)])
    relay()

    assert send_due() == {"sent": 1}
    assert server.messages[0]["Subject"].strip() == "Nari asked about what your team answers for: “Does it whistle?”"


def test_makers_are_not_told_of_what_they_may_not_read_or_do_not_want_to_hear(relay) -> None:
    author, outside, ignoring, muting = (a_member() for _ in range(4))
    subject, board = a_made_subject(outside, ignoring, muting), a_board(kind="question")
    ignore(by=ignoring, member=author)
    follow_board(by=muting, board=board, level="mute")
    a_topic(board=a_private_board(author, kind="question"), by=author, subjects=[subject])
    relay()
    assert Notice.objects.count() == 0

    a_topic(board=board, by=author, subjects=[subject])
    relay()
    assert (told(outside), told(ignoring), told(muting)) == (["asked"], [], [])


def test_a_maker_who_watches_the_board_too_hears_of_a_question_once(relay) -> None:
    clerk, board = a_member(), a_board(kind="question")
    follow_board(by=clerk, board=board, level="watch")
    a_topic(board=board, subjects=[a_made_subject(clerk)])
    relay()

    assert told(clerk) == ["asked"]
    assert Letter.objects.filter(member=clerk).count() == 1


def test_a_subject_named_later_reaches_its_makers_once(relay) -> None:
    clerk = a_member()
    subject, topic = a_made_subject(clerk), a_topic(board=a_board(kind="question"))
    for subjects in ([subject], [], [subject]):
        edit_topic(by=topic.author, topic=topic, subjects=subjects)
    relay()

    assert told(clerk) == ["asked"]
    assert Notice.objects.get(member=clerk).count == 1
