"""Score cards and ranked lists over REST."""

from typing import Any

from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from community.foundation.rest import PUBLIC, Endpoint, check_etag, etag, gone, page_of, scope
from community.scorecards import reading
from community.scorecards.errors import NamedTwice
from community.scorecards.listing import change_list, delete_list, make_list
from community.scorecards.making import make_card
from community.scorecards.models import RankedList
from community.scorecards.scoring import score_card
from community.scorecards.serializers import (
    RankedListBody,
    RankedListChanges,
    RankedListFilters,
    RankedListReply,
    ScoreCardBody,
    ScoreCardReply,
    ScoresBody,
    ScoresReply,
)


class ScoreCardList(Endpoint):
    access = {"GET": PUBLIC, "POST": scope("write")}
    paged = True

    @extend_schema(operation_id="score_cards_list", responses=page_of(ScoreCardReply))
    def get(self, request: Request) -> Response:
        """Score cards, newest first."""
        return self.page(reading.cards(self.viewer), order=("-created_at",), reply=ScoreCardReply)

    @extend_schema(operation_id="score_cards_create", request=ScoreCardBody, responses={201: ScoreCardReply})
    def post(self, request: Request) -> Response:
        """Make a card of some subjects, to be rated by whoever has the link."""
        card = make_card(by=request.user, **self.body(ScoreCardBody))
        return self.reply(ScoreCardReply, reading.find_card(card.slug, request.user), code=201)


class ScoreCardOne(Endpoint):
    access = {"GET": PUBLIC}

    @extend_schema(operation_id="score_cards_read", responses=ScoreCardReply)
    def get(self, request: Request, slug: str) -> Response:
        """One card."""
        return self.reply(ScoreCardReply, reading.find_card(slug, self.viewer))


class ScoreCardScores(Endpoint):
    access = {"POST": scope("write")}

    @extend_schema(operation_id="score_cards_score", request=ScoresBody, responses={201: ScoresReply})
    def post(self, request: Request, slug: str) -> Response:
        """Rate subjects of the card, all or none."""
        card = reading.find_card(slug, request.user)
        given = self.body(ScoresBody)["scores"]
        scores = {one["subject"]: one["score"] for one in given}
        if len(scores) < len(given):
            raise NamedTwice(field="scores")
        score_card(by=request.user, card=card, scores=scores)
        now = reading.own_scores(card, request.user)
        lines = [line for line in card.lines.all() if line.subject_id in now]
        stands = [{"subject": line.subject.slug, "score": now[line.subject_id]} for line in lines]
        return self.reply(ScoresReply, {"card": card.slug, "scores": stands}, code=201)


class RankedListList(Endpoint):
    access = {"GET": PUBLIC, "POST": scope("write")}
    filters = RankedListFilters
    paged = True

    @extend_schema(operation_id="lists_list", parameters=[RankedListFilters], responses=page_of(RankedListReply))
    def get(self, request: Request) -> Response:
        """Members' ranked lists, last changed first; your own private ones too."""
        rows = reading.lists(self.viewer)
        if "owner" in self.query:
            rows = rows.filter(owner__username=self.query["owner"])
        return self.page(rows, order=("-updated_at",), reply=RankedListReply)

    @extend_schema(operation_id="lists_create", request=RankedListBody, responses={201: RankedListReply})
    def post(self, request: Request) -> Response:
        """Make a ranked list."""
        return self.reply(
            RankedListReply, _again(make_list(by=request.user, **self.body(RankedListBody)), request), code=201
        )


def _again(ranked_list: RankedList, request: Any) -> RankedList:
    return reading.find_list(ranked_list.slug, request.user)


class RankedListOne(Endpoint):
    access = {"GET": PUBLIC, "PATCH": scope("write"), "DELETE": scope("write")}

    @extend_schema(operation_id="lists_read", responses=RankedListReply)
    def get(self, request: Request, slug: str) -> Response:
        """One list."""
        found = reading.find_list(slug, self.viewer)
        response = self.reply(RankedListReply, found)
        response["ETag"] = etag(found.pk, found.version)
        return response

    @extend_schema(operation_id="lists_change", request=RankedListChanges, responses=RankedListReply)
    def patch(self, request: Request, slug: str) -> Response:
        """Change your list."""
        found = reading.find_list(slug, request.user)
        check_etag(request, etag(found.pk, found.version))
        version = found.version if "If-Match" in request.headers else None
        changed = change_list(by=request.user, ranked_list=found, version=version, **self.body(RankedListChanges))
        response = self.reply(RankedListReply, _again(changed, request))
        response["ETag"] = etag(changed.pk, changed.version)
        return response

    @extend_schema(operation_id="lists_remove", responses={204: None})
    def delete(self, request: Request, slug: str) -> Response:
        """Delete your list; again is no fault."""
        found = reading.lists(request.user).filter(slug=slug).first()
        if found is not None:
            delete_list(by=request.user, ranked_list=found)
        return gone()


urlpatterns = [
    path("score-cards/", ScoreCardList.as_view()),
    path("score-cards/<str:slug>/", ScoreCardOne.as_view()),
    path("score-cards/<str:slug>/scores/", ScoreCardScores.as_view()),
    path("lists/", RankedListList.as_view()),
    path("lists/<str:slug>/", RankedListOne.as_view()),
]
