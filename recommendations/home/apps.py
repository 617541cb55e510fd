from django.apps import AppConfig


class HomeConfig(AppConfig):
    """The front page: what the place is for visitors, what is new for members; and the boards beside every page."""

    name = "recommendations.home"
    label = "recommendations_home"

    def ready(self) -> None:
        from community.foundation import fragments
        from recommendations.home import rail

        fragments.fill("rail", "recommendations/home/rail/_boards.html", rail.boards_for_rail, order=10)
