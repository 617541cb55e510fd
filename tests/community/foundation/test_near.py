"""What a process remembers for a while goes when its time or its room is over."""

import pytest

from community.foundation import near
from community.foundation.near import Near


@pytest.fixture
def moment(monkeypatch) -> list[float]:
    moment = [100.0]
    monkeypatch.setattr(near.time, "monotonic", lambda: moment[0])
    return moment


def test_a_value_is_kept_for_its_seconds(moment) -> None:
    known: Near[str] = Near(seconds=5, most=10)
    assert known.get("a") is None
    assert known.keep("a", "one") == "one"
    moment[0] += 4.9
    assert known.get("a") == "one"
    moment[0] += 0.1
    assert known.get("a") is None


def test_zero_is_a_value_like_others(moment) -> None:
    known: Near[int] = Near(seconds=5, most=10)
    known.keep("a", 0)
    assert known.get("a") == 0


def test_the_oldest_goes_when_there_is_no_more_room(moment) -> None:
    known: Near[int] = Near(seconds=5, most=2)
    for number, key in enumerate("abbc"):
        known.keep(key, number)
    assert [known.get(key) for key in "abc"] == [None, 2, 3]


def test_all_is_forgotten_at_once(moment) -> None:
    first, second = Near[int](seconds=5, most=2), Near[int](seconds=5, most=2)
    first.keep("a", 1)
    second.keep("a", 2)
    near.forget_all()
    assert (first.get("a"), second.get("a")) == (None, None)


def test_what_is_over_age_is_made_anew_once_while_others_get_the_old(moment) -> None:
    known: Near[str] = Near(seconds=5, most=2)
    seen: list[str] = []

    def anew() -> str:
        seen.append(known.once("a", lambda: "by another"))  # one who asks meanwhile
        return "new"

    assert known.once("a", lambda: "old") == "old"
    moment[0] += 5
    assert known.once("a", anew) == "new"
    assert (known.get("a"), seen) == ("new", ["old"])
