from django.apps import AppConfig


class HomeConfig(AppConfig):
    """The front page: what the place is for visitors, what is new for members."""

    name = "recommendations.home"
    label = "recommendations_home"
