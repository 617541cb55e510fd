"""What REST takes in and gives of boards, topics, posts and tags. What the apps above add comes from boards.extras."""

import copy
from typing import Any

from rest_framework import serializers

from community.boards import extras
from community.boards.listing import PERIODS
from community.boards.models import BoardRight, TopicSubject
from community.boards.models.places import Kind
from community.boards.models.posts import BODY_LENGTH, PostState
from community.boards.models.topics import TITLE_LENGTH, State
from community.foundation.rest import Body

VERDICTS = TopicSubject.Verdict.choices


class BoardReply(serializers.Serializer):
    """A board. The counts are null where they would tell what others wrote."""

    id = serializers.CharField(source="pk")
    slug = serializers.CharField()
    name = serializers.CharField(source="shown_name")
    kind = serializers.ChoiceField(choices=Kind.choices)
    description = serializers.CharField(source="shown_description")
    customs = serializers.CharField()
    category = serializers.CharField(source="category.shown_name", allow_null=True, default=None)
    own_topics_only = serializers.BooleanField()
    topic_count = serializers.IntegerField(source="shown_topic_count", allow_null=True)
    post_count = serializers.IntegerField(source="shown_post_count", allow_null=True)
    rights = serializers.ListField(
        source="rights_shown", child=serializers.ChoiceField(choices=BoardRight.Verb.choices)
    )


def _named(name: str, base: Any, **members: Any) -> Any:
    """A serializer class with members added. One is called `fields`, which a class statement would take for the
    property of that name."""
    serializer: Any = type(name, (base,), {"__doc__": base.__doc__})
    serializer._declared_fields = {**serializer._declared_fields, **members}
    return serializer


def _field(declared: Any, **kwargs: Any) -> Any:
    """A fresh field like `declared`, which may be shared by several serializers."""
    fresh = copy.deepcopy(declared)
    for name, value in kwargs.items():
        setattr(fresh, name, value)
    return fresh


def _as_given(value: Any) -> Any:
    """Extras give their values ready for REST; their field only describes them."""
    return value


def _replies(*, of: str) -> dict[str, Any]:
    """The fields that extras give at the top level of a topic or post."""
    added = {}
    for extra in extras.every():
        declared = getattr(extra, f"{of}_field")
        if declared is not None and not extra.in_fields:
            added[extra.name] = _field(declared, allow_null=True, to_representation=_as_given)
    return added


def _members(*, attribute: str, **options: Any) -> dict[str, Any]:
    """The members of `fields` that extras take (`input_fields`) or give (`topic_fields`), with `options` for each."""
    return {
        name: declared.__class__(*declared._args, **{**declared._kwargs, **options})
        for extra in extras.every()
        if extra.in_fields
        for name, declared in getattr(extra, attribute).items()
    }


class _FieldsReply(serializers.Serializer):
    verdict = serializers.ChoiceField(choices=VERDICTS, allow_null=True)
    for_whom = serializers.CharField(allow_null=True)


class _FieldsBody(Body):
    verdict = serializers.ChoiceField(choices=VERDICTS, required=False)
    for_whom = serializers.CharField(max_length=120, allow_blank=True, required=False)


# What a topic carries by the kind of its board; null where the kind has no such thing.
FieldsReply = type("FieldsReply", (_FieldsReply,), _members(attribute="topic_fields", allow_null=True))
FieldsBody = type("FieldsBody", (_FieldsBody,), _members(attribute="input_fields"))


class _TopicReply(serializers.Serializer):
    id = serializers.CharField()
    url = serializers.CharField()
    board = serializers.CharField()
    author = serializers.CharField(allow_null=True)
    title = serializers.CharField()
    state = serializers.ChoiceField(choices=State.choices)
    state_reason = serializers.CharField(allow_null=True)
    pinned = serializers.BooleanField()
    locked = serializers.BooleanField()
    slow_seconds = serializers.IntegerField()
    tags = serializers.ListField(child=serializers.CharField())
    subjects = serializers.ListField(child=serializers.CharField())
    answer = serializers.CharField(allow_null=True)
    post_count = serializers.IntegerField()
    last_number = serializers.IntegerField()
    score = serializers.IntegerField()
    hot = serializers.FloatField()
    created_at = serializers.DateTimeField()
    last_post_at = serializers.DateTimeField()
    last_poster = serializers.CharField(allow_null=True)


class _TopicDetail(serializers.Serializer):
    body = serializers.CharField()
    html = serializers.CharField()


TopicReply = _named("TopicReply", _TopicReply, fields=FieldsReply(), **_replies(of="topic"))
TopicDetailReply = type("TopicDetailReply", (_TopicDetail, TopicReply), {})


class _PostReply(serializers.Serializer):
    id = serializers.CharField()
    url = serializers.CharField()
    topic = serializers.CharField()
    number = serializers.IntegerField()
    author = serializers.CharField(allow_null=True)
    reply_to = serializers.CharField(allow_null=True)
    body = serializers.CharField()
    html = serializers.CharField()
    state = serializers.ChoiceField(choices=PostState.choices)
    state_reason = serializers.CharField(allow_null=True)
    created_at = serializers.DateTimeField()
    edited_at = serializers.DateTimeField(allow_null=True)
    revision_count = serializers.IntegerField()
    reaction_count = serializers.IntegerField()


PostReply = type("PostReply", (_PostReply,), _replies(of="post"))


class RevisionReply(serializers.Serializer):
    """An earlier text of a post; `changes` leads from it to the one after, as [what, text] pairs."""

    number = serializers.IntegerField()
    title = serializers.CharField(allow_null=True)
    body = serializers.CharField()
    written_at = serializers.DateTimeField()
    edited_by = serializers.CharField(allow_null=True)
    reason = serializers.CharField(allow_null=True)
    hidden = serializers.BooleanField()


class TagReply(serializers.Serializer):
    """A tag and how many topics carry it on boards that the caller may read."""

    id = serializers.CharField(source="pk")
    slug = serializers.CharField()
    description = serializers.CharField()
    topic_count = serializers.IntegerField(source="shown_count")


class TopicFilters(Body):
    order = serializers.CharField(required=False, help_text="hot (default), new, top, unread")
    tag = serializers.CharField(required=False)
    subject = serializers.CharField(required=False, help_text="Slug of a subject that the topics speak of.")
    period = serializers.ChoiceField(choices=list(PERIODS), required=False, help_text="For the order top.")


class TagFilters(Body):
    q = serializers.CharField(required=False, help_text="The beginning of the tag.")


def _text(**kwargs: Any) -> serializers.CharField:
    return serializers.CharField(max_length=BODY_LENGTH, trim_whitespace=False, **kwargs)


def _names(**kwargs: Any) -> serializers.ListField:
    return serializers.ListField(child=serializers.CharField(), max_length=20, required=False, **kwargs)


def _top_level() -> dict[str, Any]:
    return {
        extra.name: _field(extra.input_field, required=False, allow_null=True)
        for extra in extras.every()
        if extra.input_field is not None and not extra.in_fields
    }


class _TopicBody(Body):
    board = serializers.CharField()
    title = serializers.CharField(max_length=TITLE_LENGTH)
    body = _text()
    tags = _names()
    subjects = _names(help_text="Subjects by slug; word of mouth is about the first.")


TopicBody = _named("TopicBody", _TopicBody, fields=FieldsBody(required=False), **_top_level())


class _TopicChange(Body):
    """What is left out stays."""

    title = serializers.CharField(max_length=TITLE_LENGTH, required=False)
    body = _text(required=False)
    tags = _names()
    subjects = _names()
    reason = serializers.CharField(max_length=300, allow_blank=True, required=False)


TopicChange = _named("TopicChange", _TopicChange, fields=FieldsBody(required=False))


class PostBody(Body):
    body = _text()
    reply_to = serializers.UUIDField(required=False, allow_null=True, help_text="A post of this topic.")


class PostChange(Body):
    body = _text()
    reason = serializers.CharField(max_length=300, allow_blank=True, required=False, default="")


class AnswerBody(Body):
    post = serializers.UUIDField()


class StateBody(Body):
    """What is left out stays; `board` moves the topic to the board of that slug."""

    pinned = serializers.BooleanField(required=False)
    locked = serializers.BooleanField(required=False)
    slow_seconds = serializers.IntegerField(required=False, min_value=0, max_value=86_400)
    board = serializers.CharField(required=False)


class SplitBody(Body):
    posts = serializers.ListField(child=serializers.UUIDField(), min_length=1, max_length=200)
    title = serializers.CharField(max_length=TITLE_LENGTH)


class MergeBody(Body):
    into = serializers.UUIDField()


class ReasonBody(Body):
    reason = serializers.CharField(max_length=300, allow_blank=True, required=False, default="")
