from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReactionsConfig(AppConfig):
    """What members say to a post without words."""

    name = "community.reactions"
    label = "community_reactions"
    verbose_name = _("Reactions")

    def ready(self) -> None:
        from community.foundation import fragments
        from community.reactions import registering, thanking

        registering.register_all()
        thanking.register()
        fragments.dress("css/community/reactions.css")
