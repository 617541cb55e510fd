from django.apps import AppConfig


class ModerationConfig(AppConfig):
    """Flags and the one queue they lead to, decisions with reasons, appeals, sanctions, and the public log of it all."""

    name = "community.moderation"
    label = "community_moderation"

    def ready(self) -> None:
        from community.moderation import registered

        registered.register_all()
