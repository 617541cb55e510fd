from django.apps import AppConfig


class FoundationConfig(AppConfig):
    """The few leaf modules that everyone needs. It has no models; tests/architecture lists the names it may hold."""

    name = "community.foundation"
    label = "community_foundation"
