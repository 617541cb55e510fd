from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class OutboxConfig(AppConfig):
    """Events that must not be lost: rows written in the act's transaction, delivered by a worker."""

    name = "community.outbox"
    label = "community_outbox"

    def ready(self) -> None:
        autodiscover_modules("handlers")
