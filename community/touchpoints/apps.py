from django.apps import AppConfig


class TouchpointsConfig(AppConfig):
    """Dated contacts of people with the community: searches and what was opened from them, as rows that only grow."""

    name = "community.touchpoints"
    label = "community_touchpoints"
