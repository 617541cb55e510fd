"""Lists of the operators' admin as CSV, for spreadsheets: filtered and searched as the page is. Each resource names its
columns; what members told in confidence (addresses, answers, votes) is in none. An export is logged as any act."""

from typing import Any

from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from import_export.admin import ExportMixin
from import_export.formats.base_formats import CSV
from import_export.resources import ModelResource
from unfold.contrib.import_export.forms import ExportForm

FORMULA = (*"=+-@\t\r\n", *"\uff1d\uff0b\uff0d\uff20")  # the wide ones too: Korean spreadsheets take them for narrow


def harmless(cell: Any) -> Any:
    """A spreadsheet runs what begins like a formula; an apostrophe in front makes it text (OWASP, CSV injection)."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell


class Rows(ModelResource):
    """Columns of an export: `class Meta: model, fields`."""

    def export_field(self, field: Any, instance: Any, **kwargs: Any) -> Any:
        return harmless(super().export_field(field, instance, **kwargs))


class Exported(ExportMixin):
    """Mixed into a page of the admin, before it: the button that exports the list by `resource_classes`."""

    export_form_class = ExportForm
    to_encoding = "utf-8-sig"  # or spreadsheets take Korean for something else

    def get_export_formats(self) -> list[Any]:
        return [CSV]

    def _do_file_export(self, file_format: Any, request: HttpRequest, queryset: Any, **kwargs: Any) -> HttpResponse:
        LogEntry.objects.create(
            user_id=str(request.user.pk),
            content_type=ContentType.objects.get_for_model(self.model),  # type: ignore[attr-defined]
            action_flag=CHANGE,
            change_message=_("Exported"),
        )
        return super()._do_file_export(file_format, request, queryset, **kwargs)
