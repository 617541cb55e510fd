"""The operators' page of the site's own row: what `manage.py setup` asks for, to be changed at any time."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminFileFieldWidget, UnfoldBooleanSwitchWidget

from community.foundation import problems
from community.foundation.operating import Page
from community.site.logos import redrawn
from community.site.models import Site
from community.site.setting_up import change_site, good_name, good_zone

FIELDS = ("name", "who_runs_it", "contact_email", "default_language", "time_zone")


class SiteForm(forms.ModelForm):
    """The row, and a file in the place of its logo."""

    new_logo = forms.FileField(
        label=_("New logo"),
        required=False,
        widget=UnfoldAdminFileFieldWidget,
        help_text=_("A PNG, JPEG or WebP picture; it is shown at the top of every page."),
    )
    no_logo = forms.BooleanField(label=_("Take the logo away"), required=False, widget=UnfoldBooleanSwitchWidget)

    class Meta:
        model = Site
        fields = FIELDS

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        with problems.shown_on(self):
            good_name(said.get("name"))
            good_zone(said.get("time_zone"))
        try:
            said["logo"] = self._logo()
        except problems.Problem as problem:
            self.add_error("new_logo", str(problem.detail))
        return said

    def _logo(self) -> bytes | None:
        sent = self.cleaned_data.get("new_logo")
        if sent:
            redrawn(content := sent.read())
            return content
        return b"" if self.cleaned_data.get("no_logo") else None


@admin.register(Site)
class SiteAdmin(Page):
    """One row: made once, changed ever after, never removed."""

    form = SiteForm
    list_display = ("name", "default_language", "time_zone", "set_up_at")
    fieldsets = ((None, {"fields": FIELDS}), (_("Logo"), {"fields": ("new_logo", "no_logo")}))

    def has_add_permission(self, request: HttpRequest) -> bool:
        return super().has_add_permission(request) and not Site.objects.exists()

    def has_delete_permission(self, request: HttpRequest, obj: Site | None = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Site, form: Any, change: bool) -> None:
        change_site(**{name: form.cleaned_data[name] for name in FIELDS}, logo=form.cleaned_data["logo"])
