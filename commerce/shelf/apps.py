from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ShelfConfig(AppConfig):
    """My shelf: what a member owns, with receipts, warranties and reviews given and due."""

    name = "commerce.shelf"
    label = "commerce_shelf"
    verbose_name = _("Shelves")

    def ready(self) -> None:
        from commerce.shelf import registering

        registering.register_all()
