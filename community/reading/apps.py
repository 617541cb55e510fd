from django.apps import AppConfig


class ReadingConfig(AppConfig):
    """What a member has read, follows and keeps: unread marks, follow levels, bookmarks."""

    name = "community.reading"
    label = "community_reading"

    def ready(self) -> None:
        from community.reading import registrations

        registrations.register_all()
