from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LedgerConfig(AppConfig):
    """Accounts in double entry: points, what vendors are owed, later deposits and budgets."""

    name = "commerce.ledger"
    label = "commerce_ledger"
    verbose_name = _("Ledger")

    def ready(self) -> None:
        from commerce import locks
        from commerce.ledger import alarming, exporting
        from community.members import erasure, export
        from community.moderation import overview

        locks.register("account", "commerce_ledger.Account")
        erasure.keep("commerce_ledger.Account.member", why=_("accounts of payments are kept for five years, by law"))
        erasure.keep("commerce_ledger.Transaction.by", why=_("who moved money or points stays known"))
        export.add_rows("commerce_ledger.Entry", exporting.entries_of)
        overview.register(alarming.wrong_figures)
