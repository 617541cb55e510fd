"""What this app tells the registries of the lower ones."""

import uuid
from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Count, OuterRef, Subquery
from rest_framework import serializers

from community.boards import extras
from community.boards.models import Board, Topic
from community.boards.models.places import Kind
from community.foundation import counters
from community.ideas.errors import DecidedIdea
from community.ideas.forms import stage_fields
from community.ideas.models import IdeaVote, Stage, Status
from community.ideas.proposing import change_stage, propose, stage_named
from community.ideas.scoring import true_score
from community.ideas.showing import idea_of, ideas


def register_all() -> None:
    extras.register(
        extras.TopicExtra(
            name="idea",
            style="css/community/ideas.css",
            board_kinds=frozenset({Kind.IDEA}),
            in_fields=True,
            form_fields=stage_fields,
            input_fields={
                "stage": serializers.ChoiceField(choices=Stage.choices, required=False, allow_blank=True),
            },
            clean=_stage,
            on_publish=_propose,
            on_change=_change,
            on_move=_stays_an_idea,
            panel=_panel,
            topic_extras=_rows,
            row_template="community/ideas/panel/_row.html",
            topic_values=_values,
            topic_fields={
                "stage": serializers.CharField(),
                "status": serializers.ChoiceField(choices=Status.choices),
                "votes": serializers.IntegerField(),
                "voted": serializers.BooleanField(),
                "answer": serializers.CharField(allow_null=True),
                "answered_by": serializers.CharField(allow_null=True),
                "credited_at": serializers.DateTimeField(allow_null=True),
            },
        )
    )
    votes = IdeaVote.objects.filter(idea=OuterRef("pk")).order_by().values("idea")
    counters.register("community_ideas.Idea", "vote_count", Subquery(votes.annotate(n=Count("pk")).values("n")))
    counters.register("community_boards.Topic", "score", true_score())


def _stage(data: Mapping[str, Any] | None, *, board: Board, by: Any) -> str:
    return stage_named(data)


def _propose(*, topic: Topic, by: Any, data: str | None) -> None:
    propose(topic=topic, stage=data or "")


def _change(*, topic: Topic, by: Any, data: str | None) -> None:
    if data is not None:
        change_stage(topic=topic, by=by, stage=data)


def _stays_an_idea(*, topic: Topic, by: Any, board: Board) -> None:
    if board.kind != Kind.IDEA:
        raise DecidedIdea


def _panel(topic: Topic, member: Any) -> tuple[str, dict[str, Any]] | None:
    shown = idea_of(topic, member)
    return ("community/ideas/panel/_panel.html", {"shown": shown}) if shown else None


def _rows(topics: Iterable[Topic], member: Any) -> dict[uuid.UUID, dict[str, Any]]:
    on_idea_boards = [topic for topic in topics if topic.board.kind == Kind.IDEA]
    if not on_idea_boards:
        return {}
    return {pk: {"shown": shown, "looks": shown.row_looks} for pk, shown in ideas(on_idea_boards, member).items()}


def _values(topics: Iterable[Topic], member: Any) -> dict[uuid.UUID, dict[str, Any]]:
    return {pk: shown.values for pk, shown in ideas(topics, member).items()}
