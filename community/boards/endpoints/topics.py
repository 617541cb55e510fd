"""Topics, their posts, and what askers and moderators do with them."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.urls import reverse
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import status
from rest_framework.response import Response

from community.boards import (
    answering,
    editing,
    extras,
    moving,
    presenting,
    publishing,
    removing,
    rights,
    showing,
    stating,
)
from community.boards.endpoints.boards import TopicLister
from community.boards.endpoints.requests import MemberCall
from community.boards.models import Board, Post, Topic
from community.boards.serializers import (
    AnswerBody,
    MergeBody,
    PostBody,
    PostReply,
    ReasonBody,
    SplitBody,
    StateBody,
    TopicBody,
    TopicChange,
    TopicDetailReply,
    TopicFilters,
    TopicReply,
)
from community.foundation import paging
from community.foundation.problems import Invalid, NotThere
from community.foundation.rest import PUBLIC, Endpoint, check_etag, etag, gone, page_of, scope
from community.subjects.models import Subject

WRITE = scope("write")


def _board_named(slug: str, member: Any) -> Board:
    """The board that a body names. Raises Invalid (field `board`)."""
    try:
        return Board.objects.get_visible(member, slug)
    except NotThere as error:
        raise Invalid(code="does_not_exist", field="board") from error


class TopicEndpoint(Endpoint):
    """What the resources of one topic share."""

    access = {}

    def detail(self, topic_id: UUID, *, code: int = 200) -> Response:
        """The topic with its opening text, and the ETag of that."""
        topic = presenting.topic_for(self.request.user, topic_id)
        opening = Post.objects.get(topic_id=topic_id, number=1)
        values = presenting.topics([topic], self.request.user)[0]
        values |= {"body": opening.source, "html": opening.html}
        response = self.reply(TopicDetailReply, values, code=code)
        response["ETag"] = etag(opening.pk, opening.version)
        return response

    def topic(self, topic_id: UUID) -> Topic:
        return Topic.objects.get_visible(self.request.user, topic_id)


class TopicList(TopicLister, TopicEndpoint):
    access = {"GET": PUBLIC, "POST": WRITE}
    filters = TopicFilters
    paged = True

    @extend_schema(operation_id="topics_list", responses=page_of(TopicReply))
    def get(self, request: MemberCall) -> Response:
        """The topics of all boards that you may read."""
        return self.topics()

    @extend_schema(operation_id="topics_create", request=TopicBody, responses={201: TopicDetailReply})
    def post(self, request: MemberCall) -> Response:
        """Start a topic."""
        body = self.body(TopicBody)
        board = _board_named(body.pop("board"), request.user)
        fields = body.pop("fields", {})
        topic = publishing.publish_topic(
            by=request.user,
            board=board,
            title=body.pop("title"),
            body=body.pop("body"),
            tags=body.pop("tags", ()),
            subjects=subjects_named(request.user, body.pop("subjects", ())),
            verdict=fields.pop("verdict", ""),
            for_whom=fields.pop("for_whom", ""),
            data={**_of_extras(fields), **body},
        )
        return self.detail(topic.pk, code=status.HTTP_201_CREATED)


def subjects_named(member: Any, slugs: Sequence[str]) -> list[Subject]:
    """The subjects of these slugs, in their order. Raises Invalid (field `subjects`) for one that cannot be seen."""
    found = {subject.slug: subject for subject in Subject.objects.visible_to(member).filter(slug__in=slugs)}
    if set(slugs) - set(found):
        raise Invalid(code="does_not_exist", field="subjects")
    return [found[slug] for slug in dict.fromkeys(slugs)]


def _of_extras(fields: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """The members of `fields` by the extra that takes them."""
    sorted_out: dict[str, dict[str, Any]] = {}
    for extra in extras.every():
        taken = {name: value for name, value in fields.items() if extra.in_fields and name in extra.input_fields}
        if taken:
            sorted_out[extra.name] = taken
    return sorted_out


class TopicOne(TopicEndpoint):
    access = {"GET": PUBLIC, "PATCH": WRITE, "DELETE": WRITE}

    @extend_schema(
        operation_id="topics_read", responses={200: TopicDetailReply, 301: OpenApiResponse(description="Merged.")}
    )
    def get(self, request: MemberCall, topic_id: UUID) -> Response:
        """One topic with its opening text; one that was merged leads to the topic that took its posts in."""
        try:
            showing.topic_for(self.viewer, topic_id)
        except showing.MovedTo as moved:
            address = reverse("api_topic", args=[moved.topic.pk])
            return Response(status=status.HTTP_301_MOVED_PERMANENTLY, headers={"Location": address})
        return self.detail(topic_id)

    @extend_schema(operation_id="topics_update", request=TopicChange, responses=TopicDetailReply)
    def patch(self, request: MemberCall, topic_id: UUID) -> Response:
        """Change a topic of yours."""
        topic = self.topic(topic_id)
        body = self.body(TopicChange)
        opening = Post.objects.get(topic=topic, number=1)
        check_etag(request, etag(opening.pk, opening.version))
        fields = body.pop("fields", {})
        told = {name: fields.pop(name) for name in ("verdict", "for_whom") if name in fields}
        if "subjects" in body:
            body["subjects"] = subjects_named(request.user, body["subjects"])
        expected = opening.version if "If-Match" in request.headers else None
        editing.edit_topic(by=request.user, topic=topic, expected=expected, data=_of_extras(fields), **told, **body)
        return self.detail(topic_id)

    @extend_schema(operation_id="topics_remove", responses={204: None})
    def delete(self, request: MemberCall, topic_id: UUID) -> Response:
        """Remove a topic of yours that nobody else answered; moderators hide any."""
        removing.remove_topic(by=request.user, topic=self.topic(topic_id))
        return gone()


class TopicPosts(TopicEndpoint):
    access = {"GET": PUBLIC, "POST": WRITE}
    paged = True

    @extend_schema(operation_id="topics_posts_list", responses=page_of(PostReply))
    def get(self, request: MemberCall, topic_id: UUID) -> Response:
        """The posts of a topic in their order."""
        topic = Topic.objects.get_visible(self.viewer, topic_id)
        rows = Post.objects.filter(topic=topic).visible_to(self.viewer).select_related("author")
        page: Any = paging.keyset(rows, order=("number",), cursor=self.cursor, size=self.page_size)
        return self.answer_page(replace(page, items=presenting.posts(page.items, self.viewer)), PostReply)

    @extend_schema(operation_id="topics_posts_create", request=PostBody, responses={201: PostReply})
    def post(self, request: MemberCall, topic_id: UUID) -> Response:
        """Answer in a topic."""
        topic = self.topic(topic_id)
        body = self.body(PostBody)
        answered = None
        if body.get("reply_to"):
            answered = Post.objects.visible_to(request.user).filter(pk=body["reply_to"]).first()
            if answered is None:
                raise Invalid(code="does_not_exist", field="reply_to")
        post = publishing.publish_post(by=request.user, topic=topic, body=body["body"], reply_to=answered)
        return self.reply(PostReply, presenting.posts([post], request.user)[0], code=status.HTTP_201_CREATED)


class TopicAnswer(TopicEndpoint):
    access = {"PUT": WRITE, "DELETE": WRITE}

    @extend_schema(operation_id="topics_answer_set", request=AnswerBody, responses=TopicDetailReply)
    def put(self, request: MemberCall, topic_id: UUID) -> Response:
        """Accept a reply as the answer to your question."""
        post = Post.objects.visible_to(request.user).filter(pk=self.body(AnswerBody)["post"]).first()
        answering.accept_answer(by=request.user, topic=self.topic(topic_id), post=post or Post())
        return self.detail(topic_id)

    @extend_schema(operation_id="topics_answer_withdraw", responses={204: None})
    def delete(self, request: MemberCall, topic_id: UUID) -> Response:
        """Open your question again."""
        answering.withdraw_answer(by=request.user, topic=self.topic(topic_id))
        return gone()


class TopicState(TopicEndpoint):
    access = {"PATCH": WRITE}

    @extend_schema(operation_id="topics_state_update", request=StateBody, responses=TopicDetailReply)
    def patch(self, request: MemberCall, topic_id: UUID) -> Response:
        """Pin, lock, slow down, move (moderators)."""
        topic, body = self.topic(topic_id), self.body(StateBody)
        slug = body.pop("board", None)
        board = _board_named(slug, request.user) if slug else None
        rights.require(request.user, "moderate", topic.board)
        if board is not None:
            moving.move_topic(by=request.user, topic=topic, board=board)
        stating.set_state(by=request.user, topic=topic, **body)
        return self.detail(topic_id)


class TopicSplit(TopicEndpoint):
    access = {"POST": WRITE}

    @extend_schema(operation_id="topics_split", request=SplitBody, responses={201: TopicDetailReply})
    def post(self, request: MemberCall, topic_id: UUID) -> Response:
        """Make a topic of some replies (moderators)."""
        fresh = moving.split_topic(by=request.user, topic=self.topic(topic_id), **self.body(SplitBody))
        return self.detail(fresh.pk, code=status.HTTP_201_CREATED)


class TopicMerge(TopicEndpoint):
    access = {"POST": WRITE}

    @extend_schema(operation_id="topics_merge", request=MergeBody, responses=TopicDetailReply)
    def post(self, request: MemberCall, topic_id: UUID) -> Response:
        """Append the posts to another topic (moderators of both boards); gives that topic."""
        into = Topic.objects.visible_to(request.user).filter(pk=self.body(MergeBody)["into"]).first()
        if into is None:
            raise Invalid(code="does_not_exist", field="into")
        merged = moving.merge_topics(by=request.user, topic=self.topic(topic_id), into=into)
        return self.detail(merged.pk)


class TopicRestore(TopicEndpoint):
    access = {"POST": WRITE}

    @extend_schema(operation_id="topics_restore", request=ReasonBody, responses=TopicDetailReply)
    def post(self, request: MemberCall, topic_id: UUID) -> Response:
        """Bring a removed topic back."""
        removing.restore_topic(by=request.user, topic=self.topic(topic_id), **self.body(ReasonBody))
        return self.detail(topic_id)
