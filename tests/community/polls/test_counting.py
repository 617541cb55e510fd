"""Instant-runoff by the published rule: cases counted by hand."""

from hypothesis import given
from hypothesis import strategies as st

from community.polls.counting import instant_runoff

ANSWERS = ("A", "B", "C", "D")


def test_nothing_cast_has_no_winner():
    count = instant_runoff(ANSWERS, [])
    assert count.winner is None
    assert count.rounds[0].counts == {"A": 0, "B": 0, "C": 0, "D": 0}


def test_more_than_half_wins_in_the_first_round():
    count = instant_runoff(ANSWERS, [("A", 3), ("B", 2)])
    assert (count.winner, len(count.rounds)) == ("A", 1)


def test_exactly_half_is_not_enough():
    count = instant_runoff(("A", "B", "C"), [(("A",), 3), (("B",), 2), (("C", "B"), 1)])
    assert [past.counts for past in count.rounds] == [{"A": 3, "B": 2, "C": 1}, {"A": 3, "B": 3}, {"A": 3}]
    assert [past.out for past in count.rounds] == ["C", "B", None]
    assert count.winner == "A"


def test_ballots_pass_on_and_turn_the_result():
    ballots = [(("A",), 8), (("B", "C"), 7), (("C", "B"), 5)]
    count = instant_runoff(("A", "B", "C"), ballots)
    assert count.winner == "B"
    assert count.rounds[1].counts == {"A": 8, "B": 12}


def test_a_ballot_without_a_living_answer_counts_no_more():
    count = instant_runoff(("A", "B", "C"), [(("A",), 4), (("B",), 4), (("C",), 1)])
    assert [past.exhausted for past in count.rounds] == [0, 1, 5]
    assert count.rounds[1].counts == {"A": 4, "B": 4}


def test_a_tie_is_settled_by_the_round_before():
    # After C is out, A and B tie at 5; in round one B had fewer, so B goes.
    count = instant_runoff(("B", "A", "C"), [(("A",), 5), (("B",), 4), (("C", "B"), 1)])
    assert [past.out for past in count.rounds] == ["C", "B", None]
    assert count.winner == "A"


def test_a_tie_throughout_takes_the_one_that_stands_last():
    count = instant_runoff(("A", "B"), [(("A",), 1), (("B",), 1)])
    assert (count.rounds[0].out, count.winner) == ("B", "A")


rankings = st.lists(st.sampled_from(ANSWERS), min_size=1, max_size=4, unique=True).map(tuple)


@given(st.lists(st.tuples(rankings, st.integers(1, 5)), max_size=12))
def test_every_count_ends_loses_no_ballot_and_does_not_depend_on_order(ballots):
    count = instant_runoff(ANSWERS, ballots)
    cast = sum(times for _ranking, times in ballots)
    assert len(count.rounds) <= len(ANSWERS)
    assert all(sum(past.counts.values()) + past.exhausted == cast for past in count.rounds)
    assert (count.winner is None) == (cast == 0)
    assert instant_runoff(ANSWERS, list(reversed(ballots))) == count
