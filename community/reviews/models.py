"""What members think of subjects: a rating from 1 to 5, with or without words, pictures and aspects."""

from typing import Any

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Case, ExpressionWrapper, F, Func, Q, Value, When
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from community.foundation import clock
from community.foundation.ids import uuid7
from community.members.ignoring import ignored_ids
from community.subjects.models import Aspect, Subject

RATINGS = [(1, _("never")), (2, _("rather not")), (3, _("fair")), (4, _("good")), (5, _("would buy"))]
LONGEST = 20_000
MOST_PHOTOS = 10
LIKED = 4  # the rating from which something is liked; stands in an index: a change needs a migration
JUDGED = 5  # votes from which the votes, not the age, decide a review's place
Z = 1.96  # 95 % confidence, both sides


class Incentive(models.TextChoices):
    """What the author got for writing. Only code above (trials, points, ads) sets it, never a form or a client."""

    NONE = "", _("none")
    PRODUCT = "product", _("received the product free of charge")
    POINTS = "points", _("received points")
    PAID = "paid", _("was paid")
    RELATED = "related", _("is close to the seller")


def _wilson() -> Any:
    """Lower bound of Wilson's score interval for the share of helpful votes (Wilson 1927; E. Miller 2009)."""
    up = Cast(F("helpful_count"), models.FloatField())
    n = Cast(F("helpful_count") + F("unhelpful_count"), models.FloatField())
    z = Value(Z)
    spread = Func(
        ExpressionWrapper(up * (n - up) / n + z * z / Value(4.0), output_field=models.FloatField()),
        function="SQRT",
    )
    bound = (up + z * z / Value(2.0) - z * spread) / (n + z * z)
    return Case(
        When(helpful_count=0, then=Value(0.0)),
        default=ExpressionWrapper(bound, output_field=models.FloatField()),
        output_field=models.FloatField(),
    )


class ReviewQuerySet(models.QuerySet["Review"]):
    def standing(self) -> "ReviewQuerySet":
        """Not removed, and its subject not hidden."""
        return self.filter(removed_at=None, subject__hidden_at=None)

    def counted(self) -> "ReviewQuerySet":
        """Those whose rating counts for the score: not removed, and not rewarded."""
        return self.filter(removed_at=None, incentive=Incentive.NONE)

    def visible_to(self, member: Any) -> "ReviewQuerySet":
        """Reviews that `member` (or a guest) may read. A removed one is seen by its author and by moderators only;
        those of members one ignores are left out."""
        if getattr(member, "is_operator", False):
            return self
        if not getattr(member, "is_authenticated", False):
            return self.standing()
        rows = self.filter(Q(removed_at=None, subject__hidden_at=None) | Q(author=member))
        hidden = ignored_ids(member)
        return rows.exclude(author__in=hidden) if hidden else rows

    def with_words(self) -> "ReviewQuerySet":
        return self.filter(has_words=True)


class Review(models.Model):
    """One member's judgement of one subject. Without words it is a rating alone.

    `source` is the Markdown written, `html` its sanitised rendering by `renderer`. Reviews taken over from elsewhere
    have no member but an `author_name` as it was masked there, and an `external_id` (docs/decisions, "imported").
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    subject = models.ForeignKey(Subject, models.PROTECT, related_name="reviews", verbose_name=_("subject"))
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="reviews", verbose_name=_("author")
    )
    author_name = models.CharField(_("name at the source"), max_length=80, blank=True, editable=False)
    rating = models.PositiveSmallIntegerField(_("rating"), choices=RATINGS)
    source = models.TextField(_("review"), max_length=LONGEST, blank=True)
    html = models.TextField(blank=True, editable=False)
    renderer = models.PositiveSmallIntegerField(default=0, editable=False)
    has_words = models.GeneratedField(
        expression=~Q(source=""),  # type: ignore[arg-type]
        output_field=models.BooleanField(),
        db_persist=True,
    )
    published_at = models.DateTimeField(default=clock.now, editable=False)
    edited_at = models.DateTimeField(null=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    removed_at = models.DateTimeField(null=True, editable=False)
    removed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", editable=False
    )
    removal_reason = models.CharField(max_length=200, blank=True, editable=False)

    verified_by = models.CharField(_("proof of purchase"), max_length=120, blank=True, editable=False)
    incentive = models.CharField(
        _("reward"), max_length=10, choices=Incentive.choices, default=Incentive.NONE, blank=True, editable=False
    )
    incentive_note = models.CharField(max_length=200, blank=True, editable=False)

    helpful_count = models.PositiveIntegerField(default=0, editable=False)
    unhelpful_count = models.PositiveIntegerField(default=0, editable=False)
    helpfulness = models.GeneratedField(expression=_wilson(), output_field=models.FloatField(), db_persist=True)
    judged = models.GeneratedField(
        expression=Q(helpful_count__gte=Value(JUDGED) - F("unhelpful_count")),  # type: ignore[arg-type]
        output_field=models.BooleanField(),
        db_persist=True,
    )
    external_id = models.CharField(max_length=120, null=True, editable=False, unique=True)  # noqa: DJ001
    search = SearchVectorField(null=True, editable=False)

    objects = ReviewQuerySet.as_manager()

    class Meta:
        verbose_name = _("review")
        verbose_name_plural = _("reviews")
        constraints = [
            models.UniqueConstraint(fields=["subject", "author"], name="reviews_one_a_member_and_subject"),
            models.CheckConstraint(condition=Q(rating__gte=1, rating__lte=5), name="reviews_rating_within_scale"),
            models.CheckConstraint(
                condition=Q(author=None) | Q(author_name=""), name="reviews_a_member_or_a_name_at_the_source"
            ),
            models.CheckConstraint(
                condition=~Q(removed_at=None) | Q(removal_reason=""), name="reviews_reason_only_when_removed"
            ),
        ]
        indexes = [
            models.Index(fields=["subject", "judged", "helpfulness", "id"], name="reviews_by_helpfulness"),
            models.Index(fields=["subject", "published_at", "id"], name="reviews_by_age"),
            models.Index(fields=["subject", "rating", "id"], name="reviews_by_rating"),
            models.Index(fields=["author", "published_at", "id"], name="reviews_by_author"),
            models.Index(
                fields=["author"],
                include=["subject"],
                condition=Q(removed_at=None, incentive="", rating__gte=LIKED),
                name="reviews_liked_by",
            ),
            GinIndex(fields=["search"], name="reviews_search"),
        ]

    def __str__(self) -> str:
        return f"{self.rating}/5 · {self.subject_id}"

    def get_absolute_url(self) -> str:
        return reverse("community_reviews:review", args=[self.pk])

    @property
    def title(self) -> str:
        """What it is called where only a line is free."""
        return gettext("%(subject)s: %(rating)s of 5") % {"subject": self.subject.name, "rating": self.rating}

    @property
    def shown_author(self) -> str:
        return self.author.shown_name if self.author else self.author_name

    @property
    def verified(self) -> bool:
        """Whether the purchase was proven by code above."""
        return bool(self.verified_by)


class AspectRating(models.Model):
    """How a review rates one aspect of its subject."""

    review = models.ForeignKey(Review, models.CASCADE, related_name="aspect_ratings")
    aspect = models.ForeignKey(Aspect, models.PROTECT, related_name="ratings")
    score = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name = _("rating of an aspect")
        verbose_name_plural = _("ratings of aspects")
        constraints = [
            models.UniqueConstraint(fields=["review", "aspect"], name="reviews_aspect_once_a_review"),
            models.CheckConstraint(condition=Q(score__gte=1, score__lte=5), name="reviews_aspect_within_scale"),
        ]

    def __str__(self) -> str:
        return f"{self.aspect_id}: {self.score}"


class ReviewPhoto(models.Model):
    """A picture that a review shows, in the author's order. Who sees it is decided by the uploads' binding."""

    review = models.ForeignKey(Review, models.CASCADE, related_name="photos")
    upload = models.ForeignKey("community_uploads.Upload", models.CASCADE, related_name="+")
    position = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name = _("photo of a review")
        verbose_name_plural = _("photos of reviews")
        ordering = ("position",)
        constraints = [
            models.UniqueConstraint(fields=["review", "upload"], name="reviews_photo_once_a_review"),
            models.CheckConstraint(
                condition=Q(position__gte=1, position__lte=MOST_PHOTOS), name="reviews_ten_photos_at_most"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.review_id} #{self.position}"

    def get_absolute_url(self) -> str:
        """The page that shows it large."""
        return reverse("community_reviews:photo", args=[self.review_id, self.position])


class ReviewRevision(models.Model):
    """What a review said before an edit; the present text is in the review itself."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    review = models.ForeignKey(Review, models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField()
    rating = models.PositiveSmallIntegerField(choices=RATINGS)
    source = models.TextField(blank=True)
    aspects = models.JSONField(default=dict)
    written_at = models.DateTimeField()

    class Meta:
        verbose_name = _("earlier version of a review")
        verbose_name_plural = _("earlier versions of reviews")
        ordering = ("-number",)
        constraints = [models.UniqueConstraint(fields=["review", "number"], name="reviews_revision_number_once")]

    def __str__(self) -> str:
        return f"{self.review_id} #{self.number}"


class HelpfulVote(models.Model):
    """Whether a member found a review helpful."""

    review = models.ForeignKey(Review, models.CASCADE, related_name="helpful_votes")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="helpful_votes")
    helpful = models.BooleanField()
    given_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        verbose_name = _("helpful vote")
        verbose_name_plural = _("helpful votes")
        constraints = [models.UniqueConstraint(fields=["review", "member"], name="reviews_vote_once_a_member")]

    def __str__(self) -> str:
        return f"{self.member_id}: {self.helpful}"


class Reply(models.Model):
    """The public answer of a steward's team to a review, one a team."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    review = models.ForeignKey(Review, models.CASCADE, related_name="replies")
    team = models.ForeignKey("community_members.Team", models.PROTECT, related_name="review_replies")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="review_replies")
    source = models.TextField(_("answer"), max_length=5000)
    html = models.TextField(editable=False)
    renderer = models.PositiveSmallIntegerField(default=0, editable=False)
    published_at = models.DateTimeField(default=clock.now, editable=False)
    edited_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = _("answer to a review")
        verbose_name_plural = _("answers to reviews")
        constraints = [
            models.UniqueConstraint(fields=["review", "team"], name="reviews_one_reply_a_team"),
            models.CheckConstraint(condition=~Q(source=""), name="reviews_reply_not_empty"),
        ]

    def __str__(self) -> str:
        return f"{self.team_id} → {self.review_id}"


class DigestLine(models.Model):
    """One line of the digest of a subject's reviews: a word that many use, and one sentence that uses it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    subject = models.ForeignKey(Subject, models.CASCADE, related_name="digest_lines")
    position = models.PositiveSmallIntegerField()
    term = models.CharField(max_length=40)
    quote = models.CharField(max_length=300)
    quoted = models.ForeignKey(Review, models.CASCADE, related_name="+")
    computed_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        verbose_name = _("line of a digest")
        verbose_name_plural = _("lines of digests")
        ordering = ("position",)
        constraints = [
            models.UniqueConstraint(fields=["subject", "position"], name="reviews_digest_position_once"),
            models.CheckConstraint(condition=Q(position__gte=1, position__lte=3), name="reviews_digest_three_lines"),
        ]

    def __str__(self) -> str:
        return self.quote


class DigestEvidence(models.Model):
    """A review that uses the word of a digest line."""

    line = models.ForeignKey(DigestLine, models.CASCADE, related_name="evidence")
    review = models.ForeignKey(Review, models.CASCADE, related_name="+")

    class Meta:
        verbose_name = _("review behind a digest")
        verbose_name_plural = _("reviews behind digests")
        constraints = [models.UniqueConstraint(fields=["line", "review"], name="reviews_digest_evidence_once")]

    def __str__(self) -> str:
        return f"{self.line_id} ← {self.review_id}"
