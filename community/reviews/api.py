"""Reviews and ratings over REST. Flags are the moderation's."""

from typing import Any
from uuid import UUID

from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from community.foundation.problems import NotThere
from community.foundation.rest import PUBLIC, Endpoint, check_etag, etag, gone, page_of, scope
from community.members.models import Team
from community.reviews import ordering, reading, replying
from community.reviews.editing import edit_review
from community.reviews.models import Review, ReviewRevision
from community.reviews.publishing import publish_review, rate
from community.reviews.related import related_to
from community.reviews.removing import remove_review, withdraw_rating
from community.reviews.serializers import (
    HelpfulBody,
    RatingBody,
    RelatedReply,
    ReplyBody,
    ReviewBody,
    ReviewChanges,
    ReviewFilters,
    ReviewReply,
    ReviewRevisionReply,
    TeamAnswerReply,
)
from community.reviews.voting import vote_helpful, withdraw_vote
from community.subjects.finding import find_subject


def _said(body: dict[str, Any]) -> dict[str, Any]:
    """A body's fields as the acts name them."""
    return {"source" if name == "body" else name: value for name, value in body.items()}


class ReviewEndpoint(Endpoint):
    """What shows one review."""

    def answer(self, review: Review, *, code: int = 200) -> Response:
        response = self.reply(ReviewReply, reading.find_review(review.pk, self.request.user), code=code)
        response["ETag"] = etag(review.pk, review.version)
        return response


class SubjectReviews(ReviewEndpoint):
    access = {"GET": PUBLIC, "POST": scope("write")}
    filters = ReviewFilters
    paged = True

    @extend_schema(operation_id="reviews_list", parameters=[ReviewFilters], responses=page_of(ReviewReply))
    def get(self, request: Request, subject_slug: str) -> Response:
        """The reviews of a subject that have words. The usual order is by helpfulness, every fourth place to reviews
        that are not judged yet."""
        subject = find_subject(subject_slug, self.viewer)
        choice = reading.Choice(rating=self.query.get("rating"), verified=self.query["verified"])
        rows = reading.reviews_of(subject, self.viewer, choice)
        page = ordering.page_of_reviews(rows, order=self.query["order"], cursor=self.cursor, size=self.page_size)
        return self.answer_page(page, ReviewReply)

    @extend_schema(operation_id="reviews_create", request=ReviewBody, responses={201: ReviewReply})
    def post(self, request: Request, subject_slug: str) -> Response:
        """Review a subject, once."""
        subject = find_subject(subject_slug, request.user)
        review = publish_review(by=request.user, subject=subject, **_said(self.body(ReviewBody)))
        return self.answer(review, code=201)


class SubjectRating(ReviewEndpoint):
    access = {"PUT": scope("write"), "DELETE": scope("write")}

    @extend_schema(operation_id="ratings_set", request=RatingBody, responses=ReviewReply)
    def put(self, request: Request, subject_slug: str) -> Response:
        """Give or change a rating; words that you wrote stay."""
        subject = find_subject(subject_slug, request.user)
        return self.answer(rate(by=request.user, subject=subject, **self.body(RatingBody)))

    @extend_schema(operation_id="ratings_remove", responses={204: None})
    def delete(self, request: Request, subject_slug: str) -> Response:
        """Take your rating back. One with words is a review: delete that."""
        withdraw_rating(by=request.user, subject=find_subject(subject_slug, request.user))
        return gone()


class SubjectRelated(Endpoint):
    access = {"GET": PUBLIC}

    @extend_schema(operation_id="subjects_related", responses=page_of(RelatedReply))
    def get(self, request: Request, subject_slug: str) -> Response:
        """What those who liked this liked too, then the best of its category."""
        rows = related_to(find_subject(subject_slug, self.viewer), self.viewer)
        return Response({"next": None, "previous": None, "results": RelatedReply(rows, many=True).data})


class ReviewOne(ReviewEndpoint):
    access = {"GET": PUBLIC, "PATCH": scope("write"), "DELETE": scope("write")}

    @extend_schema(operation_id="reviews_read", responses=ReviewReply)
    def get(self, request: Request, review_id: UUID) -> Response:
        """One review."""
        review = reading.find_review(review_id, self.viewer)
        response = self.reply(ReviewReply, review)
        response["ETag"] = etag(review.pk, review.version)
        return response

    @extend_schema(operation_id="reviews_change", request=ReviewChanges, responses=ReviewReply)
    def patch(self, request: Request, review_id: UUID) -> Response:
        """Change your review; what it said before stays readable."""
        review = reading.find_review(review_id, request.user)
        check_etag(request, etag(review.pk, review.version))
        version = review.version if "If-Match" in request.headers else None
        changes = _said(self.body(ReviewChanges))
        return self.answer(edit_review(by=request.user, review=review, version=version, **changes))

    @extend_schema(operation_id="reviews_remove", responses={204: None})
    def delete(self, request: Request, review_id: UUID) -> Response:
        """Take a review down: your own, or any as a moderator."""
        remove_review(target=reading.find_review(review_id, request.user), by=request.user)
        return gone()


class ReviewRevisions(Endpoint):
    access = {"GET": PUBLIC}
    paged = True

    @extend_schema(operation_id="reviews_revisions", responses=page_of(ReviewRevisionReply))
    def get(self, request: Request, review_id: UUID) -> Response:
        """What the review said before, latest first."""
        review = reading.find_review(review_id, self.viewer)
        return self.page(ReviewRevision.objects.filter(review=review), order=("-number",), reply=ReviewRevisionReply)


class ReviewHelpful(ReviewEndpoint):
    access = {"PUT": scope("write"), "DELETE": scope("write")}

    @extend_schema(operation_id="reviews_vote", request=HelpfulBody, responses=ReviewReply)
    def put(self, request: Request, review_id: UUID) -> Response:
        """Say whether it helped."""
        review = reading.find_review(review_id, request.user)
        return self.answer(vote_helpful(by=request.user, review=review, **self.body(HelpfulBody)))

    @extend_schema(operation_id="reviews_unvote", responses={204: None})
    def delete(self, request: Request, review_id: UUID) -> Response:
        """Take your vote back."""
        withdraw_vote(by=request.user, review=reading.find_review(review_id, request.user))
        return gone()


class ReviewAnswer(Endpoint):
    access = {"PUT": scope("write")}

    @extend_schema(operation_id="reviews_reply", request=ReplyBody, responses=TeamAnswerReply)
    def put(self, request: Request, review_id: UUID) -> Response:
        """Answer for a team that is a steward of the subject; again changes the answer."""
        review = reading.find_review(review_id, request.user)
        body = self.body(ReplyBody)
        team = None
        if "team" in body:
            team = Team.objects.filter(slug=body["team"]).first()
            if team is None:
                raise NotThere
        reply = replying.reply_to_review(by=request.user, review=review, source=body["body"], team=team)
        return self.reply(TeamAnswerReply, reply)


urlpatterns = [
    path("subjects/<str:subject_slug>/reviews/", SubjectReviews.as_view()),
    path("subjects/<str:subject_slug>/rating/", SubjectRating.as_view()),
    path("subjects/<str:subject_slug>/related/", SubjectRelated.as_view()),
    path("reviews/<uuid:review_id>/", ReviewOne.as_view()),
    path("reviews/<uuid:review_id>/revisions/", ReviewRevisions.as_view()),
    path("reviews/<uuid:review_id>/helpful/", ReviewHelpful.as_view()),
    path("reviews/<uuid:review_id>/reply/", ReviewAnswer.as_view()),
]
