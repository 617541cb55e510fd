"""What was searched for and what was opened, for operators to read. Nothing here can be changed."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from community.foundation.exports import Exported, Rows
from community.foundation.operating import LookUp
from community.touchpoints.models import Touchpoint


class NothingFound(admin.SimpleListFilter):
    """Searches that found nothing: what people want and nobody wrote about."""

    title = _("what was found")
    parameter_name = "found"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("nothing", _("nothing")), ("something", _("something"))]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        searches = queryset.filter(kind=Touchpoint.Kind.SEARCH)
        return {"nothing": searches.filter(results=0), "something": searches.filter(results__gt=0)}.get(
            self.value() or "", queryset
        )


class TouchpointRows(Rows):
    """What was searched and opened; by whom stays here."""

    class Meta:
        model = Touchpoint
        fields = ("at", "kind", "channel", "language", "words", "results", "place", "target_kind", "target_id")


@admin.register(Touchpoint)
class TouchpointAdmin(Exported, LookUp):
    resource_classes = (TouchpointRows,)
    list_display = ("at", "kind", "words", "results", "place", "target_kind", "member", "channel", "language")
    list_filter = ("kind", "channel", "language", NothingFound)
    search_fields = ("words",)
    list_select_related = ("member",)
    date_hierarchy = "at"
    ordering = ("-id",)
