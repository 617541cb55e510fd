from django.apps import AppConfig


class ProjectConfig(AppConfig):
    """The project itself: its commands and the pages that belong to no wing."""

    name = "config"
