from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Site(models.Model):
    """The one row that names this installation. Everybody may see it; `setting_up.change_site` alone changes it."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    name = models.CharField(_("name"), max_length=60)
    who_runs_it = models.TextField(
        _("who runs it"), max_length=500, blank=True, help_text=_("Shown at the foot of every page: name and address.")
    )
    contact_email = models.EmailField(_("contact e-mail"), blank=True)
    default_language = models.CharField(_("language"), max_length=8, choices=settings.LANGUAGES)
    time_zone = models.CharField(_("time zone"), max_length=64)
    logo = models.BinaryField(_("logo"), null=True, editable=False)  # a PNG of at most 512 × 512, made by logos.py
    logo_mark = models.CharField(max_length=16, blank=True, editable=False)  # in its address: a new logo, a new address
    set_up_at = models.DateTimeField(_("set up"), null=True, editable=False)
    demo_loaded_at = models.DateTimeField(_("demo community loaded"), null=True, editable=False)

    class Meta:
        verbose_name = _("site")
        verbose_name_plural = _("site")
        constraints = [
            models.CheckConstraint(condition=models.Q(id=1), name="site_is_one_row"),
            models.CheckConstraint(condition=~models.Q(name=""), name="site_has_a_name"),
            models.CheckConstraint(
                condition=models.Q(logo__isnull=True, logo_mark="")
                | (models.Q(logo__isnull=False) & ~models.Q(logo_mark="")),
                name="site_logo_has_its_mark",
            ),
        ]

    def __str__(self) -> str:
        return self.name
