from django.apps import AppConfig


class CommerceConfig(AppConfig):
    """The commerce wing: a package of small apps, one a feature, without models of its own."""

    name = "commerce"
