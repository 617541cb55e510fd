"""Earlier and later texts side by side, also those that were made to be hard to compare."""

import random

import pytest

from community.boards.comparing import MOST_WORK, Work, changes, compare
from community.boards.models import Revision
from tests.factories.boards import a_post, a_topic

CHANCE = random.Random(7)
HOSTILE = {
    "two words": ("a b " * 1000, "b a " * 1000),
    "two lines": ("a\nb\n" * 5000, "b\na\n" * 5000),
    "lines by chance": ("\n".join(CHANCE.choices("ab", k=9999)), "\n".join(CHANCE.choices("ab", k=9999))),
    "few words by chance": (" ".join(CHANCE.choices("abcdefgh", k=1999)), " ".join(CHANCE.choices("abcdefgh", k=1999))),
}


def told(parts: list[tuple[str, str]], but: str) -> str:
    return "".join(text for what, text in parts if what != but)


def test_the_words_that_came_and_went_are_found() -> None:
    parts = compare("Two red apples are here.", "Two green apples are here today.")
    assert ("same", "Two ") in parts
    assert ("removed", "red") in parts
    assert ("added", "green") in parts
    assert told(parts, "removed") == "Two green apples are here today."


def test_a_change_at_each_end_of_a_long_text_shows_what_stayed_between() -> None:
    middle = " ".join(f"word{number}" for number in range(1900))
    parts = compare(f"old {middle} end", f"new {middle} stop")
    assert max(len(text) for what, text in parts if what == "same") > len(middle)


@pytest.mark.parametrize("name", HOSTILE)
def test_texts_that_repeat_themselves_cost_no_more_than_others(name: str) -> None:
    before, after = HOSTILE[name]
    work = Work()
    parts = compare(before, after, work)
    assert 0 <= work.left <= MOST_WORK
    assert (told(parts, "added"), told(parts, "removed")) == (before, after)


@pytest.mark.django_db
def test_35_a_history_of_them_is_bounded_as_a_whole() -> None:
    before, after = HOSTILE["two lines"]
    post = a_post(a_topic())
    post.source = before
    made = [Revision(post=post, number=number, source=(before, after)[number % 2]) for number in range(50, 0, -1)]
    found = changes(post, made)
    assert len(found) == 50
    assert all(told(list(change.parts), "added") == change.revision.source for change in found)
