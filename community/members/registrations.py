"""What this app tells the registries of the lower ones."""

from django.db.models import Count, OuterRef, Subquery

from community.foundation import counters, targets
from community.members.models import Following, Member


def register_all() -> None:
    targets.register(
        targets.Kind(
            name="member",
            model="community_members.Member",
            title=_shown_name,
            url=_address,
            author=_themselves,
        )
    )
    counters.register("community_members.Member", "follower_count", _counted("followed"))
    counters.register("community_members.Member", "following_count", _counted("follower"))


def _counted(column: str) -> Subquery:
    rows = Following.objects.filter(**{column: OuterRef("pk")}).order_by().values(column)
    return Subquery(rows.annotate(n=Count("id")).values("n"))


def _shown_name(member: Member) -> str:
    return member.shown_name


def _address(member: Member) -> str:
    return member.get_absolute_url()


def _themselves(member: Member) -> Member:
    return member
