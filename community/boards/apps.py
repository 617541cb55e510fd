from django.apps import AppConfig


class BoardsConfig(AppConfig):
    """Boards of every kind, the topics on them and the posts in those: the conversation itself."""

    name = "community.boards"
    label = "community_boards"

    def ready(self) -> None:
        from community.boards import counting, kinds, panels

        kinds.register()
        counting.register()
        panels.register_panels()
