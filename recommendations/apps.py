from django.apps import AppConfig


class RecommendationsConfig(AppConfig):
    """The recommendations wing: a package of small apps, one a feature, without models of its own."""

    name = "recommendations"
