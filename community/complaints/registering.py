"""What this app tells the registries of the lower ones."""

import uuid
from collections.abc import Iterable, Mapping
from typing import Any

from rest_framework import serializers

from community.boards import extras
from community.boards.models import Board, Topic
from community.boards.models.places import Kind
from community.complaints.errors import CarriesComplaint
from community.complaints.forms import team_fields
from community.complaints.opening import open_complaint, team_named
from community.complaints.responding import hand_over, heard
from community.complaints.showing import complaint_of, complaints
from community.members.models import Team


def register_all() -> None:
    extras.register(
        extras.TopicExtra(
            name="complaint",
            style="css/community/complaints.css",
            board_kinds=frozenset({Kind.COMPLAINT}),
            in_fields=True,
            form_fields=team_fields,
            input_fields={"team": serializers.SlugField(required=False, allow_null=True, allow_unicode=True)},
            clean=_team,
            on_publish=_open,
            on_change=_change,
            on_post=heard,
            on_move=_stays_a_complaint,
            panel=_panel,
            topic_extras=_rows,
            row_template="community/complaints/panel/_row.html",
            topic_values=_values,
            topic_fields={
                "team": serializers.CharField(),
                "status": serializers.CharField(),
                "due_at": serializers.DateTimeField(allow_null=True),
                "late": serializers.BooleanField(),
                "responded_at": serializers.DateTimeField(allow_null=True),
                "settled_at": serializers.DateTimeField(allow_null=True),
                "times_reopened": serializers.IntegerField(),
            },
        )
    )


def _team(data: Mapping[str, Any] | None, *, board: Board, by: Any) -> Team | None:
    return team_named(data)


def _open(*, topic: Topic, by: Any, data: Team | None) -> None:
    open_complaint(topic=topic, by=by, team=data)


def _change(*, topic: Topic, by: Any, data: Team | None) -> None:
    if data is not None:
        hand_over(by=by, topic_id=topic.pk, team=data)


def _stays_a_complaint(*, topic: Topic, by: Any, board: Board) -> None:
    if board.kind != Kind.COMPLAINT:
        raise CarriesComplaint


def _panel(topic: Topic, member: Any) -> tuple[str, dict[str, Any]] | None:
    shown = complaint_of(topic, member)
    return ("community/complaints/panel/_panel.html", {"shown": shown}) if shown else None


def _rows(topics: Iterable[Topic], member: Any) -> dict[uuid.UUID, dict[str, Any]]:
    on_complaint_boards = [topic for topic in topics if topic.board.kind == Kind.COMPLAINT]
    if not on_complaint_boards:
        return {}
    return {pk: {"shown": shown, "looks": shown.row_looks} for pk, shown in complaints(on_complaint_boards).items()}


def _values(topics: Iterable[Topic], member: Any) -> dict[uuid.UUID, dict[str, Any]]:
    return {pk: shown.values for pk, shown in complaints(topics).items()}
