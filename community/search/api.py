"""REST resources of search."""

from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from community.foundation.rest import PUBLIC, Endpoint, page_of
from community.search.searching import GUESTS_SUGGESTIONS_A_MINUTE, limit_guests, search
from community.search.serializers import (
    ClickBody,
    ClickReply,
    ResultReply,
    SearchFilters,
    SuggestionFilters,
    SuggestionReply,
)
from community.search.suggesting import suggest
from community.touchpoints.models import Touchpoint
from community.touchpoints.recording import record_click


class Search(Endpoint):
    access = {"GET": PUBLIC}
    filters = SearchFilters
    paged = True

    @extend_schema(operation_id="search_list", parameters=[SearchFilters], responses=page_of(ResultReply))
    def get(self, request: Request) -> Response:
        """Find topics, posts, things, reviews and people. `q` may hold `in:board by:name tag:word after:2026-01-01`.

        Guests may ask 30 times a minute. The best of the newest stand first; paged to the end, every find comes once.
        """
        limit_guests(request)
        searched = search(
            by=self.viewer,
            typed=self.query["q"],
            kinds=tuple(kind for kind in self.query["kind"].split(",") if kind),
            cursor=self.cursor,
            size=self.page_size,
            channel=Touchpoint.Channel.API,
        )
        answer = self.answer_page(searched.found, ResultReply)
        if searched.search_id:
            answer["Search-Id"] = str(searched.search_id)
        return answer


class Suggestions(Endpoint):
    access = {"GET": PUBLIC}
    filters = SuggestionFilters

    @extend_schema(
        operation_id="search_suggestions", parameters=[SuggestionFilters], responses=page_of(SuggestionReply)
    )
    def get(self, request: Request) -> Response:
        """What the words typed so far may become; half syllables and leading consonants (ㅁㄷ) will do."""
        limit_guests(request, name="suggest", limit=GUESTS_SUGGESTIONS_A_MINUTE)
        found = suggest(by=self.viewer, typed=self.query["q"])
        return Response({"next": None, "previous": None, "results": SuggestionReply(found, many=True).data})


class Clicks(Endpoint):
    access = {"POST": PUBLIC}

    @extend_schema(operation_id="search_clicks_create", request=ClickBody, responses={201: ClickReply})
    def post(self, request: Request) -> Response:
        """A result was opened: `search` is the `Search-Id` of the reply that showed it."""
        return self.reply(ClickReply, record_click(by=self.viewer, **self.body(ClickBody)), code=201)


urlpatterns = [
    path("search/", Search.as_view()),
    path("search/suggestions/", Suggestions.as_view()),
    path("search/clicks/", Clicks.as_view()),
]
