from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class IdeasConfig(AppConfig):
    """Ideas for what vendors make: votes of members, answers of teams, credit when an idea ships."""

    name = "community.ideas"
    label = "community_ideas"
    verbose_name = _("Ideas")

    def ready(self) -> None:
        from community.foundation import fragments
        from community.ideas import registering

        registering.register_all()
        fragments.dress("css/community/ideas.css")
