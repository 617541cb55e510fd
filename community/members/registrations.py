"""What this app tells the registries of the lower ones."""

from django.contrib.admin.models import LogEntry
from django.db.models import Count, OuterRef, Subquery
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from community.foundation import counters, markdown, targets
from community.idempotency.models import StoredReply
from community.members import erasure, export, following, names, picturing, profiling, sections
from community.members.models import Following, Member
from community.site import choices


def register_all() -> None:
    _register_target()
    _register_counters()
    _register_data()
    sections.register_own()
    choices.on_language(_keep_language)
    markdown.register_resolver("member", _mentioned)


def _mentioned(typed: frozenset[str]) -> dict[str, markdown.Found]:
    """The members meant by names as typed in a text, in one query."""
    by_key: dict[str, str] = {names.key(name): name for name in typed}
    members = Member.objects.filter(username_key__in=by_key, erased_at=None)
    return {
        by_key[member.username_key]: markdown.Found(url=member.get_absolute_url(), name=member.username)
        for member in members
    }


def _keep_language(request: HttpRequest, code: str) -> None:
    """Whoever chose a language once keeps it: the member's own wins over the cookie, so both must say the same."""
    if request.user.is_authenticated:
        profiling.change_profile(by=request.user, language=code)


def _register_data() -> None:
    export.add_files("picture", picturing.files_of)
    export.register("community_members.Following.follower", fields=("followed", "since"))
    export.leave_out(
        "oauth2_provider.AccessToken.user", why=_("keys to your account; their names are in the list of tokens")
    )
    export.leave_out("oauth2_provider.RefreshToken.user", why=_("keys to your account"))
    export.leave_out("oauth2_provider.Grant.user", why=_("keys to your account"))
    export.leave_out("oauth2_provider.IDToken.user", why=_("keys to your account"))
    export.leave_out("oauth2_provider.DeviceGrant.user", why=_("keys to your account"))
    export.leave_out("community_members.Ignoring.ignored", why=_("who ignores you is theirs to know"))
    erasure.keep("admin.LogEntry.user", why=_("who changed what as an operator stays known"))
    erasure.also("members.files", picturing.forget)
    erasure.also("members.following", following.end_all)
    erasure.also("members.traces", _forget_traces)


def _forget_traces(*, member: Member) -> None:
    """Replies kept for repeats, and the names in the operators' log."""
    StoredReply.objects.filter(actor=f"member:{member.pk}").delete()
    LogEntry.objects.filter(object_id=str(member.pk)).update(object_repr="former member", change_message="")


def _register_target() -> None:
    targets.register(
        targets.Kind(
            name="member",
            model="community_members.Member",
            title=_shown_name,
            url=_address,
            author=_themselves,
        )
    )


def _register_counters() -> None:
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
