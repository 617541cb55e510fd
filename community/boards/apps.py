from django.apps import AppConfig


class BoardsConfig(AppConfig):
    """Boards of every kind, the topics on them and the posts in those: the conversation itself."""

    name = "community.boards"
    label = "community_boards"

    def ready(self) -> None:
        from community.boards import counting, forgetting, kinds, of_members, panels, rights
        from community.members import erasure, ignoring

        kinds.register()
        counting.register()
        panels.register_panels()
        of_members.register()
        ignoring.read_together(rights.rights_of)
        erasure.also("boards.counts", forgetting.forget_author)
