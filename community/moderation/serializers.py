"""Flags, cases, decisions, sanctions and the log over REST."""

import datetime as dt

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from community.foundation.rest import Body
from community.moderation.models import Case, Entry, Outcome, Reason, Sanction


class FlagBody(Body):
    """What is wrong."""

    reason = serializers.ChoiceField(choices=Reason.choices)
    note = serializers.CharField(max_length=500, required=False, allow_blank=True)


class FlagReply(serializers.Serializer):
    """One's own flag."""

    id = serializers.CharField()
    reason = serializers.CharField()
    note = serializers.CharField()
    at = serializers.DateTimeField()


class CaseFlagReply(FlagReply):
    """A flag, for those who work on its case."""

    by = serializers.SerializerMethodField()

    @extend_schema_field(serializers.CharField(allow_null=True))
    def get_by(self, flag: object) -> str | None:
        return flag.member.username if flag.member else None  # type: ignore[attr-defined]


class CaseReply(serializers.Serializer):
    """Something flagged."""

    id = serializers.CharField()
    kind = serializers.CharField(source="target_kind")
    target = serializers.CharField(source="target_id")
    board = serializers.SerializerMethodField(help_text="Slug of the board it stands on.")
    author = serializers.SerializerMethodField(help_text="User name of who wrote it.")
    title = serializers.CharField()
    words = serializers.CharField(help_text="Its words when it was flagged.")
    state = serializers.ChoiceField(choices=Case.State.choices)
    flags = CaseFlagReply(many=True)
    claimed_by = serializers.SerializerMethodField()
    opened_at = serializers.DateTimeField()
    decided_at = serializers.DateTimeField(allow_null=True)

    @extend_schema_field(serializers.CharField(allow_null=True))
    def get_board(self, case: Case) -> str | None:
        return case.board.slug if case.board else None

    @extend_schema_field(serializers.CharField(allow_null=True))
    def get_author(self, case: Case) -> str | None:
        return case.author.username if case.author else None

    @extend_schema_field(serializers.CharField(allow_null=True))
    def get_claimed_by(self, case: Case) -> str | None:
        return case.claimed_by.username if case.claimed_by else None


class DecisionBody(Body):
    """What is done with a case, and why."""

    outcome = serializers.ChoiceField(choices=Outcome.choices)
    reason = serializers.CharField(max_length=1000)


class DecisionReply(serializers.Serializer):
    """A decision."""

    id = serializers.CharField()
    case = serializers.CharField(source="case_id")
    outcome = serializers.CharField()
    reason = serializers.CharField()
    at = serializers.DateTimeField()


class SanctionBody(Body):
    """A sanction to give; a warning has no end, the others need one."""

    member = serializers.CharField(max_length=60, help_text="User name.")
    kind = serializers.ChoiceField(choices=Sanction.Kind.choices)
    reason = serializers.CharField(max_length=1000)
    ends_at = serializers.DateTimeField(required=False, allow_null=True, default_timezone=dt.UTC)


class SanctionReply(serializers.Serializer):
    """A sanction."""

    id = serializers.CharField()
    member = serializers.CharField(source="member.username")
    kind = serializers.CharField()
    reason = serializers.CharField()
    at = serializers.DateTimeField()
    ends_at = serializers.DateTimeField(allow_null=True)
    lifted_at = serializers.DateTimeField(allow_null=True)


class EntryReply(serializers.Serializer):
    """A line of the public log."""

    id = serializers.CharField()
    at = serializers.DateTimeField()
    act = serializers.ChoiceField(choices=Entry.Act.choices)
    kind = serializers.CharField(source="target_kind")
    board = serializers.SerializerMethodField()
    by = serializers.SerializerMethodField()
    reason = serializers.CharField()
    ends_at = serializers.DateTimeField(allow_null=True)

    @extend_schema_field(serializers.CharField(allow_null=True))
    def get_board(self, entry: Entry) -> str | None:
        return entry.board.slug if entry.board else None

    @extend_schema_field(serializers.CharField(allow_null=True))
    def get_by(self, entry: Entry) -> str | None:
        return entry.by.username if entry.by else None
