from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SettlementConfig(AppConfig):
    """What vendors are owed by period, and payouts."""

    name = "commerce.settlement"
    label = "commerce_settlement"
    verbose_name = _("Settlement")
