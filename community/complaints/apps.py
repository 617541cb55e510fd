from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ComplaintsConfig(AppConfig):
    """Complaints reach a named team with a clock running; their author says whether the matter is settled."""

    name = "community.complaints"
    label = "community_complaints"
    verbose_name = _("Complaints")

    def ready(self) -> None:
        from community.complaints import registering

        registering.register_all()
