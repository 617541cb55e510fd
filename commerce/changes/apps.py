from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ChangesConfig(AppConfig):
    """What changed on a product, whose words caused it, and what members thought before and since."""

    name = "commerce.changes"
    label = "commerce_changes"
    verbose_name = _("Changes of products")

    def ready(self) -> None:
        from commerce.changes import registering

        registering.register_all()
