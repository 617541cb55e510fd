from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PollsConfig(AppConfig):
    """Polls on topics: one choice, several, or choices in order."""

    name = "community.polls"
    label = "community_polls"
    verbose_name = _("Polls")

    def ready(self) -> None:
        from community.foundation import fragments
        from community.polls import registering

        registering.register_all()
        fragments.dress("css/community/polls.css")
