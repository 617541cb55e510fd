from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DeskConfig(AppConfig):
    """The first page of the vendors' desk: what to do now, then figures."""

    name = "commerce.desk"
    label = "commerce_desk"
    verbose_name = _("Desk")
