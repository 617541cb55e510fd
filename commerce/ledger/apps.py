from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LedgerConfig(AppConfig):
    """Accounts in double entry: points, what vendors are owed, later deposits and budgets."""

    name = "commerce.ledger"
    label = "commerce_ledger"
    verbose_name = _("Ledger")
