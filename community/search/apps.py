from django.apps import AppConfig


class SearchConfig(AppConfig):
    """One box for everything: topics, posts, reviews, subjects and members, each by its own `search` column."""

    name = "community.search"
    label = "community_search"

    def ready(self) -> None:
        from community.search import registrations

        registrations.register_all()
