from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PointsConfig(AppConfig):
    """How members earn, spend and lose points."""

    name = "commerce.points"
    label = "commerce_points"
    verbose_name = _("Points")
