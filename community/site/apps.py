from django.apps import AppConfig


class SiteConfig(AppConfig):
    """What this installation is called and who runs it: one row, asked for at the first set-up."""

    name = "community.site"
    label = "community_site"
