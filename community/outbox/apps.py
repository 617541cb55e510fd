from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class OutboxConfig(AppConfig):
    """Events that must not be lost: rows written in the act's transaction, delivered by a worker."""

    name = "community.outbox"
    label = "community_outbox"
    verbose_name = _("Events")

    def ready(self) -> None:
        autodiscover_modules("handlers")
