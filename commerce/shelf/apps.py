from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ShelfConfig(AppConfig):
    """What members own: receipts, warranty, reviews due, reorder."""

    name = "commerce.shelf"
    label = "commerce_shelf"
    verbose_name = _("Shelf")
