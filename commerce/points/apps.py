from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PointsConfig(AppConfig):
    """How members earn, spend and lose points."""

    name = "commerce.points"
    label = "commerce_points"
    verbose_name = _("Points")

    def ready(self) -> None:
        from django.db.models.signals import post_migrate

        from commerce.points import registering
        from commerce.points.ruling import write_missing

        registering.register_all()
        post_migrate.connect(write_missing, dispatch_uid="commerce_points.write_missing")
