"""What this app tells the registries of the lower ones."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Count, Exists, F, Func, IntegerField, OuterRef, Q, Subquery

from community.boards import extras
from community.boards.models import Topic
from community.foundation import counters
from community.polls.forms import poll_fields
from community.polls.models import Ballot, Poll, PollKind
from community.polls.opening import PollDraft, drafted, open_poll
from community.polls.serializers import PollBody, PollReply
from community.polls.standings import runoff_of, standing_of, standings


def register_all() -> None:
    extras.register(
        extras.TopicExtra(
            name="poll",
            style="css/community/polls.css",
            form_fields=poll_fields,
            form_template="community/polls/panel/_fields.html",
            input_field=PollBody(required=False, allow_null=True),
            clean=_draft,
            on_publish=_open,
            panel=_panel,
            panel_if=Exists(Poll.objects.filter(topic=OuterRef("pk"))),
            topic_values=standings,
            topic_field=PollReply(read_only=True, allow_null=True),
        )
    )
    ballots = Ballot.objects.filter(poll=OuterRef("pk")).order_by().values("poll")
    total = Subquery(ballots.annotate(number=Count("pk")).values("number"))
    counters.register("community_polls.Poll", "ballot_count", total)
    counters.register("community_polls.Option", "votes", _votes())


def _votes() -> Subquery:
    """Ballots that name the option; in a ranked poll, those that name it first."""
    place = Func(F("choices"), OuterRef("pk"), function="array_position", output_field=IntegerField())
    named = Ballot.objects.filter(poll=OuterRef("poll")).annotate(place=place).filter(place__isnull=False)
    counted = named.filter(~Q(poll__kind=PollKind.RANKED) | Q(place=1))
    return Subquery(counted.order_by().values("poll").annotate(number=Count("pk")).values("number"))


def _draft(data: Mapping[str, Any] | None, *, board: Any, by: Any) -> PollDraft | None:
    return drafted(data) if data else None


def _open(*, topic: Topic, by: Any, data: PollDraft | None) -> None:
    if data is not None:
        open_poll(topic=topic, draft=data)


def _panel(topic: Topic, member: Any) -> tuple[str, dict[str, Any]] | None:
    standing = standing_of(topic, member)
    if standing is None:
        return None
    return "community/polls/panel/_panel.html", {"standing": standing, "runoff": runoff_of(standing), "topic": topic}
