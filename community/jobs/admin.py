"""Operators see what each job did. Schedules are pages of the scheduler itself."""

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin
from unfold.contrib.filters.admin import ChoicesDropdownFilter
from unfold.decorators import display

from community.jobs.models import Run
from community.jobs.registry import jobs


@admin.register(Run)
class RunAdmin(ModelAdmin):
    """Runs, newest first."""

    list_display = ("shown_name", "shown_state", "started_at", "finished_at", "done", "total")
    list_filter = (("state", ChoicesDropdownFilter), "name")
    search_fields = ("name",)
    ordering = ("-id",)
    show_full_result_count = False
    list_per_page = 50

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Run | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Run | None = None) -> bool:
        return False

    @display(description=_("job"), ordering="name")
    def shown_name(self, run: Run) -> str:
        known = jobs().get(run.name)
        return str(known.title) if known else run.name

    @display(
        description=_("state"),
        ordering="state",
        label={Run.State.RUNNING: "info", Run.State.DONE: "success", Run.State.FAILED: "danger"},
    )
    def shown_state(self, run: Run) -> tuple[str, str]:
        return run.state, run.get_state_display()
