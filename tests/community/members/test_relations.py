"""Following, ignoring and teams: what each act changes, refuses and tells."""

import pytest
from django.db import IntegrityError, transaction

from community.foundation.counters import all_counters
from community.foundation.problems import NotThere
from community.members import following, ignoring, teaming
from community.members.errors import LastOwner, NotOnYourself, NotYourTeam, OperatorsAreHeard
from community.members.models import Following, Ignoring, Member, TeamMember
from community.outbox import events
from tests.factories.members import a_member, a_team, an_operator

pytestmark = pytest.mark.django_db


@pytest.fixture
def told(monkeypatch):
    """The topics that were published."""
    found = []
    publish = events.publish
    for module in (following,):
        monkeypatch.setattr(
            module, "publish", lambda **event: (found.append((event["topic"], event["payload"])), publish(**event))
        )
    return found


def test_following_counts_tells_and_happens_once(told):
    reader, author = a_member(), a_member()
    assert following.follow(by=reader, member=author) is True
    assert following.follow(by=reader, member=author) is False
    reader.refresh_from_db()
    author.refresh_from_db()
    assert (reader.following_count, author.follower_count) == (1, 1)
    assert told == [("member.followed", {"member": str(author.pk), "by": str(reader.pk)})]
    assert following.unfollow(by=reader, member=author) is True
    assert following.unfollow(by=reader, member=author) is False
    author.refresh_from_db()
    assert author.follower_count == 0


def test_who_is_ignored_can_follow_and_finds_nothing_out(told):
    author, pest = a_member(), a_member()
    ignoring.ignore(by=author, member=pest)
    assert following.follow(by=pest, member=author) is True
    assert told == []


@pytest.mark.parametrize("act", [following.follow, ignoring.ignore])
def test_nobody_follows_or_ignores_themselves(act):
    member = a_member()
    with pytest.raises(NotOnYourself):
        act(by=member, member=member)
    assert not Following.objects.exists()
    assert not Ignoring.objects.exists()


def test_who_cannot_be_seen_cannot_be_followed():
    with pytest.raises(NotThere):
        following.follow(by=a_member(), member=a_member(is_active=False))
    assert not Following.objects.exists()


def test_operators_cannot_be_ignored():
    with pytest.raises(OperatorsAreHeard):
        ignoring.ignore(by=a_member(), member=an_operator())
    assert not Ignoring.objects.exists()


def test_whom_one_ignores_is_read_once_and_known_at_once():
    reader, pest = a_member(), a_member()
    assert ignoring.ignored_ids(reader) == frozenset()
    ignoring.ignore(by=reader, member=pest)
    assert ignoring.ignored_ids(reader) == {pest.pk}
    assert ignoring.ignoring_ids(pest.pk) == {reader.pk}
    assert ignoring.unignore(by=reader, member=pest) is True
    assert ignoring.ignored_ids(reader) == frozenset()


def test_counts_equal_their_rows():
    members = [a_member() for _ in range(4)]
    for reader in members:
        for author in members:
            if reader != author:
                following.follow(by=reader, member=author)
    following.end_all(member=members[0])
    ours = [counter for counter in all_counters() if counter.model == "community_members.Member"]
    assert len(ours) >= 2
    assert [counter.field for counter in ours if counter.wrong().exists()] == []


@pytest.mark.parametrize(
    ("model", "row", "constraint"),
    [
        (Following, lambda m: {"follower": m, "followed": m}, "following_not_oneself"),
        (Ignoring, lambda m: {"member": m, "ignored": m}, "ignoring_not_oneself"),
        (TeamMember, lambda m: {"team": a_team(), "member": m, "role": "king"}, "team_member_role_known"),
    ],
)
def test_the_database_states_the_rules(model, row, constraint):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        model.objects.create(**row(a_member()))


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ({"trust_level": 5}, "member_trust_level_in_range"),
        ({"erased_at": "2026-01-01T00:00Z"}, "member_erased_is_empty"),
    ],
)
def test_the_database_states_the_rules_of_members(change, constraint):
    member = a_member()
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Member.objects.filter(pk=member.pk).update(**change)


def test_owners_and_managers_choose_and_clerks_do_not():
    owner, manager, clerk, stranger = (a_member() for _ in range(4))
    team = a_team(owner)
    teaming.put_member(by=owner, team=team, member=manager, role="manager")
    teaming.put_member(by=manager, team=team, member=clerk, role="clerk")
    for by, member, role in (
        (clerk, stranger, "clerk"),
        (manager, clerk, "owner"),
        (manager, owner, "clerk"),
        (stranger, stranger, "clerk"),
    ):
        with pytest.raises(NotYourTeam):
            teaming.put_member(by=by, team=team, member=member, role=role)
    roles = dict(team.memberships.values_list("member", "role"))
    assert roles == {owner.pk: "owner", manager.pk: "manager", clerk.pk: "clerk"}


def test_a_team_keeps_an_owner():
    owner, other = a_member(), a_member()
    team = a_team(owner)
    with pytest.raises(LastOwner):
        teaming.remove_member(by=owner, team=team, member=owner)
    with pytest.raises(LastOwner):
        teaming.put_member(by=owner, team=team, member=owner, role="clerk")
    teaming.put_member(by=owner, team=team, member=other, role="owner")
    teaming.remove_member(by=owner, team=team, member=owner)
    assert list(team.memberships.values_list("member", "role")) == [(other.pk, "owner")]
