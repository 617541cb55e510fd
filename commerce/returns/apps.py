from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReturnsConfig(AppConfig):
    """What buyers send back, and what becomes of it."""

    name = "commerce.returns"
    label = "commerce_returns"
    verbose_name = _("Returns")

    def ready(self) -> None:
        from commerce.returns import registering

        registering.register_all()
