"""Topics about a subject are the same rows on their boards, on the subject's page and over REST."""

import pytest
from django.core.cache import cache

from community.boards.editing import edit_topic
from community.boards.removing import remove_topic
from community.members.ignoring import ignore
from tests.factories.boards import a_board, a_private_board, a_topic
from tests.factories.members import a_member, a_team, logged_in
from tests.factories.subjects import a_steward, a_subject

pytestmark = pytest.mark.django_db


def page(subject, member=None) -> str:
    cache.clear()
    return logged_in(member).get(f"/subjects/{subject.slug}/").content.decode()


def over_rest(subject, member=None) -> list[str]:
    cache.clear()
    rows = logged_in(member).get("/api/v1/topics/", {"subject": subject.slug, "order": "new"}).json()["results"]
    return [row["title"] for row in rows]


def test_questions_and_word_of_mouth_under_a_subject_are_the_topics_of_their_boards() -> None:
    subject, other = a_subject(), a_subject()
    asked = a_topic(board=a_board(kind="question"), subjects=[subject], title="Does it whistle?")
    told = a_topic(board=a_board(kind="word_of_mouth"), subjects=[subject], title="It does", verdict="recommend")
    a_topic(subjects=[other], title="Something else")

    shown = page(subject)
    assert f'href="{asked.get_absolute_url()}"' in shown
    assert f'href="{told.get_absolute_url()}"' in shown
    assert "Something else" not in shown
    assert over_rest(subject) == ["It does", "Does it whistle?"]


def test_what_is_changed_on_the_board_is_changed_on_the_subjects_page() -> None:
    subject = a_subject()
    topic = a_topic(subjects=[subject], title="Before")
    edit_topic(by=topic.author, topic=topic, title="Afterwards")
    assert ("Afterwards" in page(subject), "Before" in page(subject)) == (True, False)

    edit_topic(by=topic.author, topic=topic, subjects=[])
    assert "Afterwards" not in page(subject)
    assert over_rest(subject) == []


def test_the_page_shows_no_topic_that_its_reader_may_not_see() -> None:
    author, subject, ignoring = a_member(), a_subject(), a_member()
    a_topic(board=a_private_board(author), by=author, subjects=[subject], title="Private canary")
    removed = a_topic(by=author, subjects=[subject], title="Removed canary")
    remove_topic(by=author, topic=removed)
    ignore(by=ignoring, member=author)
    a_topic(by=author, subjects=[subject], title="Seen by most")

    for reader, titles in ((None, ["Seen by most"]), (ignoring, []), (author, ["Seen by most", "Private canary"])):
        assert over_rest(subject, reader) == titles
        shown = page(subject, reader)
        assert [title in shown for title in ("Seen by most", "Private canary")] == [
            title in titles for title in ("Seen by most", "Private canary")
        ]
        assert "Removed canary" not in shown


def test_who_may_write_is_led_to_ask_the_makers_with_the_subject_filled_in() -> None:
    subject, member = a_subject(), a_member(language="en")
    board = a_board(kind="question")
    ask = f'href="/boards/{board.slug}/new/?subjects={subject.slug}"'
    assert ("Ask the maker" in page(subject, member), page(subject, member).count(ask)) == (False, 1)

    a_steward(subject, a_team(a_member(), name="Kettle Works"))
    shown = page(subject, member)
    assert ("Ask the maker" in shown, shown.count(ask), "Kettle Works" in shown) == (True, 2, True)
    assert "Ask the maker" not in page(subject)
