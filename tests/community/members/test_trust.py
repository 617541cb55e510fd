"""Trust rises and falls by the rules that its page prints."""

import datetime as dt

import pytest

from community.foundation import clock
from community.jobs.registry import run
from community.members import trust
from community.members.models import Activity, Member
from community.members.trust import Measured, deserved
from tests.factories.boards import a_post
from tests.factories.members import a_member, an_operator, logged_in
from tests.factories.reactions import a_reaction

ALL_OF_2 = {"days_here": 15, "given": 20, "thanks": 3, "thanked": 1}


@pytest.mark.parametrize(
    ("measured", "held", "level"),
    [
        (Measured(), 0, 0),
        (Measured(days_here=2, given=3), 0, 1),
        (Measured(days_here=1, given=300), 0, 0),
        (Measured(), 1, 1),
        (Measured(flags=5), 1, 0),
        (Measured(**ALL_OF_2), 1, 2),
        (Measured(**{**ALL_OF_2, "thanked": 0}), 1, 1),
        (Measured(**{**ALL_OF_2, "days_here": 14}), 1, 1),
        (Measured(**{**ALL_OF_2, "days_here": 14}), 2, 2),
        (Measured(**{**ALL_OF_2, "days_here": 13}), 2, 1),
        (Measured(**ALL_OF_2, flags=3), 2, 1),
        (Measured(days_here=50, given=60, thanks=30, thanked=20), 2, 3),
        (Measured(days_here=45, given=54, thanks=27, thanked=18), 3, 3),
        (Measured(days_here=44, given=54, thanks=27, thanked=18), 3, 2),
        (Measured(days_here=100, given=999, thanks=999, thanked=999), 3, 3),
    ],
)
def test_the_level_that_counts_deserve(measured, held, level):
    assert deserved(measured, held=held) == level


def was_here(member: Member, days: int, **acts: int) -> None:
    moment = clock.now()
    for number in range(days):
        Activity.objects.create(
            member=member, act="visit", day=(moment - dt.timedelta(days=number)).date(), count=1, minute=moment
        )
    for act, count in acts.items():
        Activity.objects.create(member=member, act=act, day=moment.date(), count=count, minute=moment)


@pytest.mark.django_db
def test_the_job_raises_lowers_and_leaves_alone():
    rising, falling, fixed = a_member(trust_level=1), a_member(trust_level=2), a_member(trust_level=4, trust_fixed=True)
    was_here(rising, 15, post=15, reaction=5, thanks=3, thanked=1)
    was_here(falling, 3, post=1)
    assert run("members.review_trust")["changed"] == 2
    levels = [Member.objects.get(pk=member.pk).trust_level for member in (rising, falling, fixed)]
    assert levels == [2, 1, 4]
    assert run("members.review_trust")["changed"] == 0


@pytest.mark.django_db
def test_what_is_longer_ago_than_100_days_does_not_count():
    member = a_member(trust_level=0)
    was_here(member, 2, post=3)
    with clock.shifted(dt.timedelta(days=102)):
        assert trust.measure([member.pk]) == {}


@pytest.mark.django_db
def test_a_level_that_an_operator_fixed_stays_until_given_back():
    member, operator = a_member(trust_level=1), an_operator()
    trust.fix_level(by=operator, member=member, level=4)
    run("members.review_trust")
    assert Member.objects.get(pk=member.pk).trust_level == 4
    trust.fix_level(by=operator, member=member, level=None)
    assert Member.objects.get(pk=member.pk).trust_level == 3
    run("members.review_trust")
    assert Member.objects.get(pk=member.pk).trust_level == 1


@pytest.mark.django_db
def test_the_page_prints_the_rules_and_where_one_stands():
    member = a_member(language="en", trust_level=1)
    was_here(member, 7)
    page = logged_in(member).get("/members/trust/").content.decode()
    for rule in trust.RULES[1:4]:
        assert f"<td>{rule.days_here}</td><td>{rule.given}</td><td>{rule.thanks}</td>" in page
    assert "You, in 100 days</th><td>7</td>" in page


@pytest.mark.django_db
def test_the_first_page_of_a_day_is_a_visit():
    member = a_member()
    client = logged_in(member)
    client.get("/settings/")
    client.get("/settings/")
    assert Activity.objects.get(member=member, act="visit").count == 1
    assert Member.objects.get(pk=member.pk).last_seen_at is not None


@pytest.mark.django_db
def test_a_reaction_is_thanks_given_and_received(relay):
    reader, author = a_member(), a_member()
    a_reaction(post=a_post(by=author), by=reader)
    while relay():
        pass
    counts = trust.measure([reader.pk, author.pk])
    assert (counts[reader.pk].thanks, counts[author.pk].thanked) == (1, 1)
    assert counts[author.pk].thanks == 0


def test_the_way_to_the_next_level_is_told_and_ends_below_what_only_operators_give():
    rule, steps = trust.way_up(Measured(days_here=20, given=5), held=1)
    assert rule.level == 2
    assert [(step.done, step.asked, step.shown) for step in steps] == [(20, 15, 15), (5, 20, 5), (0, 3, 0), (0, 1, 0)]
    assert [step.asked for step in trust.way_up(Measured(), held=0)[1]] == [2, 3]
    assert trust.way_up(Measured(), held=3) is None
    assert trust.way_up(Measured(), held=4) is None


@pytest.mark.django_db
@pytest.mark.parametrize(("level", "shown"), [(1, True), (3, False)])
def test_the_page_shows_a_member_the_way_up_while_there_is_one(level, shown):
    member = a_member(trust_level=level, language="en")
    was_here(member, days=4)
    page = logged_in(member).get("/members/trust/").content.decode()
    assert ("Your way to “regular”" in page) is shown
    assert ("4 of 15" in page) is shown
