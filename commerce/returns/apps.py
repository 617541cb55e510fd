from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReturnsConfig(AppConfig):
    """What comes back, and the exact refund."""

    name = "commerce.returns"
    label = "commerce_returns"
    verbose_name = _("Returns")
