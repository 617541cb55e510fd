from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class UploadsConfig(AppConfig):
    """Pictures that members send, written anew, and seen by whoever may see the text that uses them."""

    name = "community.uploads"
    label = "community_uploads"
    verbose_name = _("Pictures")

    def ready(self) -> None:
        from community.uploads import registering

        registering.register_all()
