from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ModerationConfig(AppConfig):
    """Flags and the one queue they lead to, decisions with reasons, appeals, sanctions, and the public log of it all."""

    name = "community.moderation"
    label = "community_moderation"
    verbose_name = _("Keeping order")

    def ready(self) -> None:
        from community.moderation import registered

        registered.register_all()
