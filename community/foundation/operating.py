"""Pages of the operators' admin, and the acts they offer there:

    @admin.register(Topic)
    class TopicAdmin(LookUp):
        actions = ("hide",)

        @act(_("Hide"), asks=Reason)
        def hide(self, request, topic, *, reason):
            removing.hide(target=topic, by=request.user, reason=reason)

The function is called for each chosen row, after the form of `asks` was filled in on a page of its own. What an act
refuses is told row by row and the others go on. Each act and each edit leaves a line in the log of what operators did;
the line names its row by key alone, since the words of members and their names must not outlive them there.
"""

import json
from collections.abc import Callable, Iterable
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.models import ADDITION, CHANGE, DELETION, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from unfold import widgets
from unfold.admin import ModelAdmin
from unfold.contrib.filters.admin import RangeDateTimeFilter

from community.foundation.problems import Problem

NAMED = 10  # rows that a message names before it counts the rest


class Ask(forms.Form):
    """What an act asks for, in the look of the admin."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any
        for field in self.fields.values():
            look = next(look for kind, look in LOOKS if isinstance(field.widget, kind))
            chosen = isinstance(field.widget, forms.Select | forms.RadioSelect)
            field.widget = look(choices=field.choices) if chosen else look()


LOOKS: list[tuple[type[forms.Widget], Any]] = [
    (forms.Textarea, lambda: widgets.UnfoldAdminTextareaWidget(attrs={"rows": 3})),
    (forms.RadioSelect, widgets.UnfoldAdminRadioSelectWidget),
    (forms.Select, widgets.UnfoldAdminSelectWidget),
    (forms.NumberInput, widgets.UnfoldAdminIntegerFieldWidget),
    (forms.TextInput, widgets.UnfoldAdminTextInputWidget),
]


class Confirm(Ask):
    """Asks for nothing but a second thought."""


class Reason(Ask):
    """Why: for the one whom it concerns, and for the log."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=200,
        widget=forms.Textarea,
        help_text=gettext_lazy("Whom it concerns may read it, and it stands in the log. Name nobody."),
    )


class Page(ModelAdmin):
    """A page of the admin whose edits and acts are logged."""

    show_full_result_count = False

    def get_changelist_instance(self, request: HttpRequest) -> Any:
        """A list that nobody narrowed shows all; only beside one that was is there a way to see the rest. It is named
        by what it lists: the sentence that Django makes around the name is none in Korean."""
        rows = super().get_changelist_instance(request)
        rows.title = self.opts.verbose_name_plural  # type: ignore[assignment]
        if not (rows.query or rows.has_active_filters):
            rows.full_result_count = rows.result_count
        return rows

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        return self._log(request, [obj], ADDITION, message)

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        return self._log(request, [obj], CHANGE, message)

    def log_deletions(self, request: HttpRequest, queryset: Iterable[Any]) -> Any:
        return self._log(request, queryset, DELETION, "")

    def _log(self, request: HttpRequest, rows: Iterable[Any], flag: int, message: Any) -> list[LogEntry]:
        kind = ContentType.objects.get_for_model(self.model, for_concrete_model=False)
        told = json.dumps(_nameless(message)) if isinstance(message, list) else str(message)
        return LogEntry.objects.bulk_create(
            LogEntry(
                user_id=str(request.user.pk), content_type=kind, object_id=row.pk, action_flag=flag, change_message=told
            )
            for row in rows
        )

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """What an act behind the form refuses is told on the form's page; nothing is changed then."""
        try:
            return super().changeform_view(request, *args, **kwargs)
        except Problem as problem:
            messages.error(request, str(problem.detail))
            return redirect(request.get_full_path())


def _nameless(changes: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Django's account of a change, without the words of the rows below it."""
    return [
        {did: {**what, "object": "…"} if "object" in what else what for did, what in one.items()} for one in changes
    ]


class LookUp(Page):
    """Rows that acts alone write: to be looked up, never typed over or deleted here."""

    list_per_page = 50

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class LookUpInline:
    """Mixed into an inline: its rows are read there."""

    extra = 0
    can_delete = False
    hide_title = True  # its columns say all that a row is
    fields: Any = ()

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return self.fields

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class Between(RangeDateTimeFilter):
    """From one moment to another on the operator's own clock; a day without a time is the whole day, and what is no
    date asks for nothing. (The library's own filter compares without a time zone.)"""

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        for end, lookup, usual in (("from", "gte", "00:00:00"), ("to", "lte", "23:59:59")):
            day, time = (self.used_parameters.get(f"{self.parameter_name}_{end}_{part}") for part in (0, 1))
            try:
                moment = parse_datetime(f"{day} {time or usual}")
            except ValueError:
                moment = None
            if moment is not None and timezone.is_naive(moment):
                queryset = queryset.filter(**{f"{self.parameter_name}__{lookup}": timezone.make_aware(moment)})
        return queryset


def act(
    label: str | Promise, *, asks: type[forms.Form] | None = None, together: bool = False
) -> Callable[[Callable[..., Any]], Any]:
    """An action that calls its function for each chosen row (`together`: once, with all of them), with what `asks`
    was told as keyword arguments."""

    def declare(work: Callable[..., Any]) -> Any:
        @admin.action(description=label)  # type: ignore[arg-type]
        def action(page: Page, request: HttpRequest, chosen: Any) -> HttpResponse | None:
            said: dict[str, Any] = {}
            if asks is not None:
                form = asks(request.POST if "go" in request.POST else None)
                if not form.is_valid():
                    return _ask(page, request, chosen, label, form, work.__name__)
                said = form.cleaned_data
            told = ": ".join([str(label), *([said["reason"]] if said.get("reason") else [])])
            rows = list(chosen.order_by("pk"))
            done: list[Any] = []
            for batch in [rows] if together else [[row] for row in rows]:
                if _done(page, request, batch, told, lambda what: work(page, request, what, **said), together):
                    done += batch
            _tell(request, label, done)
            return None

        action.__name__ = work.__name__
        action.__doc__ = work.__doc__
        return action

    return declare


def _ask(page: Page, request: HttpRequest, chosen: Any, label: Any, form: forms.Form, name: str) -> HttpResponse:
    context = {
        **page.admin_site.each_context(request),
        "title": label,
        "opts": page.opts,
        "rows": list(chosen[: NAMED + 1]),
        "keys": [str(key) for key in chosen.values_list("pk", flat=True)],
        "named": NAMED,
        "form": form,
        "action": name,
        "checkbox": ACTION_CHECKBOX_NAME,
        "media": page.media + form.media,
    }
    return TemplateResponse(request, "admin/act.html", context)


def _done(page: Page, request: HttpRequest, rows: list[Any], told: str, call: Callable, together: bool) -> bool:
    try:
        with transaction.atomic():
            call(rows if together else rows[0])
            page._log(request, rows, CHANGE, told)
    except Problem as problem:
        messages.error(request, f"{rows[0]}: {problem.detail}")
        return False
    return True


def _tell(request: HttpRequest, label: Any, done: list[Any]) -> None:
    if not done:
        return
    names = ", ".join(str(row) for row in done[:NAMED])
    if len(done) > NAMED:
        more = len(done) - NAMED
        names += " " + ngettext("and %(count)d more", "and %(count)d more", more) % {"count": more}
    messages.success(request, _("Done: %(act)s. %(names)s") % {"act": label, "names": names})
