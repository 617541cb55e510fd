from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ChangesConfig(AppConfig):
    """Changed because of you: what vendors changed, by whose words, with what effect."""

    name = "commerce.changes"
    label = "commerce_changes"
    verbose_name = _("Changes")
