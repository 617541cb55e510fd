"""The settings form: a table of switches, quiet hours, the rhythm of the digest."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from community.notifications import kinds
from community.notifications.models.wishes import Channel, Rhythm
from community.notifications.preferences import Settings


class SettingsForm(forms.Form):
    """One checkbox a kind and channel, named `kind.channel`."""

    rhythm = forms.ChoiceField(label=_("Digest"), choices=Rhythm.choices, widget=forms.RadioSelect)
    quiet_from = forms.TimeField(
        label=_("Quiet from"),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        help_text=_("Letters wait until the quiet hours are over, by the clock of your own time zone."),
    )
    quiet_until = forms.TimeField(
        label=_("Quiet until"), required=False, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )

    def __init__(self, *args: Any, settings: Settings, **kwargs: Any) -> None:
        initial = {
            "rhythm": settings.rhythm,
            "quiet_from": settings.quiet_from,
            "quiet_until": settings.quiet_until,
        }
        super().__init__(*args, **{"initial": initial, **kwargs})
        for kind in kinds.all_kinds().values():
            for channel in Channel:
                self.fields[f"{kind.name}.{channel}"] = forms.BooleanField(
                    label=f"{kind.title}: {channel.label}",
                    required=False,
                    initial=settings.switches[kind.name][channel],
                    disabled=channel in kind.always,
                )

    def rows(self) -> list[tuple[Any, list[forms.BoundField]]]:
        """The table: each kind's title and its switches in the order of the channels."""
        return [
            (kind.title, [self[f"{kind.name}.{channel}"] for channel in Channel]) for kind in kinds.all_kinds().values()
        ]

    def wished(self) -> dict[str, Any]:
        """The arguments of `preferences.change_settings`."""
        data = self.cleaned_data
        switches = {
            name: {channel: bool(data[f"{name}.{channel}"]) for channel in Channel.values} for name in kinds.all_kinds()
        }
        quiet: dict[str, dt.time | None] = {name: data[name] for name in ("quiet_from", "quiet_until")}
        return {"switches": switches, "rhythm": data["rhythm"], **quiet}
