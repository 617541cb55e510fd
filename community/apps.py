from django.apps import AppConfig


class CommunityConfig(AppConfig):
    """The community wing: a package of small apps, one a feature, without models of its own."""

    name = "community"
