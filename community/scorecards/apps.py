from django.apps import AppConfig
from django.db.models import Count, IntegerField, OuterRef, Subquery
from django.utils.translation import gettext_lazy as _


class ScorecardsConfig(AppConfig):
    """Score cards by link or code, and members' ranked lists."""

    name = "community.scorecards"
    label = "community_scorecards"
    verbose_name = _("Score cards")

    def ready(self) -> None:
        from community.foundation import counters, targets
        from community.members import erasure
        from community.scorecards import following, hiding, panels
        from community.scorecards.models import Participation
        from community.subjects import following as subject_following

        grouped = Participation.objects.filter(card=OuterRef("pk")).order_by().values("card").annotate(n=Count("pk"))
        counters.register(
            "community_scorecards.ScoreCard",
            "member_count",
            Subquery(grouped.values("n"), output_field=IntegerField()),
        )
        erasure.keep("community_scorecards.Participation.member", why=erasure.COUNTED)
        subject_following.register("scorecards", following.follow)
        panels.register()
        for name, model in (("score-card", "ScoreCard"), ("ranked-list", "RankedList")):
            targets.register(
                targets.Kind(
                    name=name,
                    model=f"community_scorecards.{model}",
                    title=lambda card: card.title,
                    url=lambda card: card.get_absolute_url(),
                    author=lambda card: card.creator if hasattr(card, "creator") else card.owner,
                    hide=hiding.hide,
                    restore=hiding.restore,
                )
            )
