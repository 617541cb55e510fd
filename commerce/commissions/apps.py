from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CommissionsConfig(AppConfig):
    """What the site takes of a sale."""

    name = "commerce.commissions"
    label = "commerce_commissions"
    verbose_name = _("Commissions")
