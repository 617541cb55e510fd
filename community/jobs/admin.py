"""Operators see what each job did. Schedules are pages of the scheduler itself."""

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from kombu.exceptions import OperationalError
from unfold.contrib.filters.admin import ChoicesDropdownFilter
from unfold.decorators import display

from community.foundation.operating import LookUp, act
from community.foundation.problems import Conflict
from community.jobs.models import Run
from community.jobs.registry import jobs, run_soon


@admin.register(Run)
class RunAdmin(LookUp):
    """Runs, newest first."""

    list_display = ("shown_name", "shown_state", "started_at", "finished_at", "done", "total")
    list_filter = (("state", ChoicesDropdownFilter), "name")
    search_fields = ("name",)
    ordering = ("-id",)
    actions = ("run_again",)

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

    @act(_("Run again"))
    def run_again(self, request: HttpRequest, run: Run) -> None:
        if run.name not in jobs():
            raise Conflict(_("This job is no longer declared."))
        try:
            run_soon(run.name)
        except OperationalError as error:
            raise Conflict(_("The workers cannot be reached now. Try again in a minute.")) from error
