from django.apps import AppConfig
from django.db.models import Count, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext_lazy as _


def _number(rows: QuerySet, key: str) -> Subquery:
    """How many of `rows` belong to the outer row by `key`."""
    grouped = rows.filter(**{key: OuterRef("pk")}).order_by().values(key).annotate(number=Count("pk"))
    return Subquery(grouped.values("number"), output_field=IntegerField())


class ReviewsConfig(AppConfig):
    """Reviews and ratings, helpful votes, answers of stewards' teams, digests, the import of reviews."""

    name = "community.reviews"
    label = "community_reviews"
    verbose_name = _("Reviews")

    def ready(self) -> None:
        from community.foundation import counters, targets
        from community.members import erasure
        from community.reviews import following, of_members, panels, removing
        from community.reviews.models import HelpfulVote, Review
        from community.subjects import following as subject_following

        subject = "community_subjects.Subject"
        for star in range(1, 6):
            counters.register(
                subject, f"rating_{star}", _number(Review.objects.counted().filter(rating=star), "subject")
            )
        words = Review.objects.filter(removed_at=None).filter(~Q(source=""))
        counters.register(subject, "review_count", _number(words, "subject"))
        for column, helpful in (("helpful_count", True), ("unhelpful_count", False)):
            votes = HelpfulVote.objects.filter(helpful=helpful)
            counters.register("community_reviews.Review", column, _number(votes, "review"))
        subject_following.register("reviews", following.follow)
        panels.register()
        of_members.register()
        erasure.keep("community_reviews.Review.author", why=_("what you wrote for others stays, under “former member”"))
        erasure.keep("community_reviews.HelpfulVote.member", why=erasure.COUNTED)
        targets.register(
            targets.Kind(
                name="review",
                model="community_reviews.Review",
                title=lambda review: review.title,
                url=lambda review: review.get_absolute_url(),
                author=lambda review: review.author,
                hide=removing.remove_review,
                restore=removing.restore_review,
                text=lambda review: review.source,
            )
        )
