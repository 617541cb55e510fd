"""What the community talks about, and where each thing stands in the tree of categories."""

from decimal import Decimal
from typing import Any

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Case, ExpressionWrapper, F, Q, Value, When
from django.db.models.functions import Cast, Round
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from community.foundation import clock
from community.foundation.ids import uuid7

PRIOR_WEIGHT = 10  # stands in a generated column: a change needs a migration (docs/decisions, "score")
NEUTRAL_PRIOR = Decimal("3.500")
LONGEST_NAME, LONGEST_SUMMARY, LONGEST_SAMPLE = 200, 500, 2000
SCORE_FIELD = models.DecimalField(max_digits=5, decimal_places=3)
WIDE_FIELD = models.DecimalField(max_digits=16, decimal_places=3)

slug_letters = RegexValidator(
    r"^[-\w]+\Z",
    _("Letters of any script, digits, hyphens and underscores only."),
    flags=0,  # type: ignore[arg-type]
)


class BilingualName(models.Model):
    """A name in the project's source language and one in Korean; where one is missing, the other serves."""

    name = models.CharField(_("name"), max_length=80)
    name_ko = models.CharField(_("Korean name"), max_length=80, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.shown_name

    @property
    def shown_name(self) -> str:
        return self.name_ko if self.name_ko and (get_language() or "").startswith("ko") else self.name


class CategoryQuerySet(models.QuerySet["Category"]):
    def within(self, category: "Category") -> "CategoryQuerySet":
        """The category and all below it."""
        return self.filter(path__startswith=category.path)


class Category(BilingualName):
    """A branch of the tree. `path` ("works/films/") is kept by `categories.place`, so that a subtree is a prefix.

    `prior_mean` is what the scores of its subjects lean on: the mean of the `prior_count` ratings it rests on, which
    are those of `prior_from` (the category itself, or the nearest one above that has enough), since `prior_at`.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    slug = models.SlugField(_("address"), max_length=60, unique=True, allow_unicode=True)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("parent")
    )
    path = models.CharField(max_length=400, unique=True, editable=False)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    prior_mean = models.DecimalField(max_digits=4, decimal_places=3, default=NEUTRAL_PRIOR, editable=False)
    prior_count = models.PositiveIntegerField(default=0, editable=False)
    prior_from = models.ForeignKey("self", models.SET_NULL, null=True, related_name="+", editable=False)
    prior_at = models.DateTimeField(null=True, editable=False)

    objects = CategoryQuerySet.as_manager()

    class Meta:
        verbose_name = _("category")
        verbose_name_plural = _("categories")
        ordering = ("path",)
        constraints = [
            models.CheckConstraint(condition=~Q(id=F("parent")), name="subjects_category_not_its_own_parent"),
            models.CheckConstraint(
                condition=Q(prior_mean__gte=1, prior_mean__lte=5), name="subjects_category_prior_within_scale"
            ),
        ]

    @property
    def depth(self) -> int:
        return self.path.count("/") - 1


class Aspect(BilingualName):
    """One side of a subject that a review may rate by itself: "taste", "sound", "service". Holds for the subtree."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    category = models.ForeignKey(Category, models.CASCADE, related_name="aspects")
    slug = models.SlugField(_("address"), max_length=40)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("aspect")
        verbose_name_plural = _("aspects")
        ordering = ("position", "slug")
        constraints = [
            models.UniqueConstraint(fields=["category", "slug"], name="subjects_aspect_once_a_category"),
        ]


class SubjectKind(models.TextChoices):
    PRODUCT = "product", _("Product")
    BRAND = "brand", _("Brand")
    PLACE = "place", _("Place")
    WORK = "work", _("Work")


def _ratings() -> Any:
    return F("rating_1") + F("rating_2") + F("rating_3") + F("rating_4") + F("rating_5")


def _points() -> Any:
    return (
        F("rating_1") + F("rating_2") * Value(2) + F("rating_3") * Value(3) + F("rating_4") * Value(4)
        + F("rating_5") * Value(5)
    )  # fmt: skip


def _score() -> Any:
    """The Bayesian mean (C * m + sum of ratings) / (C + number of ratings), to three digits, by the database itself;
    0 while nobody rated, which stands last in lists."""
    points: Any = ExpressionWrapper(
        F("prior_mean") * Value(PRIOR_WEIGHT) + Cast(_points(), WIDE_FIELD), output_field=WIDE_FIELD
    )
    number = ExpressionWrapper(_ratings() + Value(PRIOR_WEIGHT), output_field=models.IntegerField())
    mean = ExpressionWrapper(
        points / Cast(number, models.DecimalField(max_digits=12, decimal_places=0)), output_field=SCORE_FIELD
    )
    unrated = When(rating_1=0, rating_2=0, rating_3=0, rating_4=0, rating_5=0, then=Value(Decimal(0)))
    return Case(unrated, default=Round(mean, precision=3), output_field=SCORE_FIELD)


class SubjectQuerySet(models.QuerySet["Subject"]):
    def visible_to(self, member: Any) -> "SubjectQuerySet":
        """Subjects that `member` (or a guest) may see: all but hidden ones, which operators still see. One that was
        merged away is seen by nobody: its address leads to the one that took its place."""
        standing = self.filter(merged_into=None)
        return standing if getattr(member, "is_operator", False) else standing.filter(hidden_at=None)

    def in_category(self, category: Category) -> "SubjectQuerySet":
        return self.filter(category__in=Category.objects.within(category))


class Subject(models.Model):
    """A product, brand, place or work that is talked about here, whether or not anyone sells it.

    `rating_1` … `rating_5` count the ratings that count (`Review.objects.counted()`); the acts of `reviews` keep them.
    Number, sum and score follow from them in the database.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    slug = models.CharField(_("address"), max_length=80, unique=True, validators=[slug_letters])
    name = models.CharField(_("name"), max_length=LONGEST_NAME)
    kind = models.CharField(_("kind"), max_length=10, choices=SubjectKind.choices)
    category = models.ForeignKey(Category, models.PROTECT, related_name="subjects", verbose_name=_("category"))
    summary = models.CharField(_("what it is, in a sentence or two"), max_length=LONGEST_SUMMARY, blank=True)
    facts = models.JSONField(_("facts"), default=dict, blank=True)
    picture = models.ForeignKey(
        "community_uploads.Upload", models.SET_NULL, null=True, blank=True, related_name="+", editable=False
    )
    sample_text = models.CharField(_("a sample of its text"), max_length=LONGEST_SAMPLE, blank=True)
    sample_sound = models.ForeignKey(
        "community_uploads.Upload", models.SET_NULL, null=True, blank=True, related_name="+", editable=False
    )
    creator = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="subjects_created"
    )
    created_at = models.DateTimeField(default=clock.now, editable=False)
    hidden_at = models.DateTimeField(null=True, editable=False)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, editable=False, related_name="merged_from")

    prior_mean = models.DecimalField(max_digits=4, decimal_places=3, default=NEUTRAL_PRIOR, editable=False)
    rating_1 = models.PositiveIntegerField(default=0, editable=False)
    rating_2 = models.PositiveIntegerField(default=0, editable=False)
    rating_3 = models.PositiveIntegerField(default=0, editable=False)
    rating_4 = models.PositiveIntegerField(default=0, editable=False)
    rating_5 = models.PositiveIntegerField(default=0, editable=False)
    review_count = models.PositiveIntegerField(default=0, editable=False)
    rating_count = models.GeneratedField(expression=_ratings(), output_field=models.IntegerField(), db_persist=True)
    rating_sum = models.GeneratedField(expression=_points(), output_field=models.IntegerField(), db_persist=True)
    score = models.GeneratedField(expression=_score(), output_field=SCORE_FIELD, db_persist=True)
    search = SearchVectorField(null=True, editable=False)

    objects = SubjectQuerySet.as_manager()

    class Meta:
        verbose_name = _("subject")
        verbose_name_plural = _("subjects")
        constraints = [
            models.CheckConstraint(condition=~Q(id=F("merged_into")), name="subjects_subject_not_merged_into_itself"),
            models.CheckConstraint(condition=~Q(slug=""), name="subjects_subject_slug_not_empty"),
            models.CheckConstraint(condition=~Q(name=""), name="subjects_subject_name_not_empty"),
            models.CheckConstraint(
                condition=Q(prior_mean__gte=1, prior_mean__lte=5), name="subjects_subject_prior_within_scale"
            ),
        ]
        indexes = [
            models.Index(fields=["score", "id"], name="subjects_by_score"),
            models.Index(fields=["rating_count", "id"], name="subjects_by_ratings"),
            models.Index(fields=["created_at", "id"], name="subjects_by_age"),
            models.Index(fields=["name", "id"], name="subjects_by_name"),
            models.Index(fields=["category", "score", "id"], name="subjects_by_category_score"),
            models.Index(fields=["category", "rating_count", "id"], name="subjects_by_category_ratings"),
            GinIndex(fields=["search"], name="subjects_search"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("community_subjects:subject", args=[self.slug])

    @property
    def shown_score(self) -> Decimal | None:
        """The score, or None while nobody rated."""
        return self.score if self.rating_count else None

    @property
    def stars(self) -> dict[int, int]:
        """How many gave each rating."""
        return {star: getattr(self, f"rating_{star}") for star in range(1, 6)}


class FormerAddress(models.Model):
    """An address that a subject once had, by itself or by one merged into it. It leads on for ever."""

    slug = models.CharField(max_length=80, primary_key=True)
    subject = models.ForeignKey(Subject, models.CASCADE, related_name="former_addresses")

    class Meta:
        verbose_name = _("former address")
        verbose_name_plural = _("former addresses")

    def __str__(self) -> str:
        return self.slug


class Steward(models.Model):
    """A team that may answer for a subject: its maker, a seller, the shop at the place."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    subject = models.ForeignKey(Subject, models.CASCADE, related_name="stewards", verbose_name=_("subject"))
    team = models.ForeignKey(
        "community_members.Team", models.CASCADE, related_name="stewardships", verbose_name=_("team")
    )
    since = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        verbose_name = _("steward")
        verbose_name_plural = _("stewards")
        constraints = [models.UniqueConstraint(fields=["subject", "team"], name="subjects_steward_once")]

    def __str__(self) -> str:
        return f"{self.team} → {self.subject}"
