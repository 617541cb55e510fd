"""What members enter about their bookmarks."""

import datetime as dt

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community.foundation import clock
from community.reading.models import NOTE_LENGTH

MORNING = dt.time(9, 0)


class BookmarkForm(forms.Form):
    """A note, and when to be reminded: one of the usual moments or one's own."""

    note = forms.CharField(
        label=_("Note"),
        max_length=NOTE_LENGTH,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("For your eyes only."),
    )
    when = forms.ChoiceField(
        label=_("Remind me"),
        required=False,
        choices=[
            ("", _("not at all")),
            ("1", _("tomorrow morning")),
            ("7", _("in a week")),
            ("30", _("in a month")),
            ("own", _("at the time below")),
        ],
    )
    remind_at = forms.DateTimeField(
        label=_("Time"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"],
    )

    def clean(self) -> dict:
        entered = super().clean() or {}
        when = entered.get("when", "")
        if when == "own" and not entered.get("remind_at") and "remind_at" not in self.errors:
            self.add_error("remind_at", _("Choose a time, or no reminder."))
        if when.isdigit():
            day = timezone.localdate(clock.now()) + dt.timedelta(days=int(when))
            entered["remind_at"] = timezone.make_aware(dt.datetime.combine(day, MORNING))
        elif when != "own":
            entered["remind_at"] = None
        return entered
