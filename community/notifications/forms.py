"""The settings form: a table of switches, quiet hours, the rhythm of the digest."""

import datetime as dt
import itertools
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from community.notifications import kinds
from community.notifications.kinds import Group
from community.notifications.models.wishes import Channel, Rhythm
from community.notifications.preferences import Settings


class SettingsForm(forms.Form):
    """One checkbox a kind and channel, named `kind.channel`; what is told to teams alone is left out for `alone`."""

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

    def __init__(self, *args: Any, settings: Settings, alone: bool = False, **kwargs: Any) -> None:
        initial = {
            "rhythm": settings.rhythm,
            "quiet_from": settings.quiet_from,
            "quiet_until": settings.quiet_until,
        }
        super().__init__(*args, **{"initial": initial, **kwargs})
        self._kinds = [kind for kind in kinds.all_kinds().values() if not (alone and kind.group == Group.TEAM)]
        for kind in self._kinds:
            for channel in Channel:
                self.fields[f"{kind.name}.{channel}"] = forms.BooleanField(
                    label=f"{kind.title}: {channel.label}",
                    required=False,
                    initial=settings.switches[kind.name][channel],
                    disabled=channel in kind.always,
                )

    def groups(self) -> list[tuple[str, list[tuple[Any, list[forms.BoundField]]]]]:
        """The table by group: each kind's title and its switches in the order of the channels."""
        return [
            (
                str(Group(group).label),
                [(kind.title, [self[f"{kind.name}.{channel}"] for channel in Channel]) for kind in of],
            )
            for group, of in itertools.groupby(self._kinds, key=lambda kind: kind.group)
        ]

    def wished(self) -> dict[str, Any]:
        """The arguments of `preferences.change_settings`."""
        data = self.cleaned_data
        switches = {
            kind.name: {channel: bool(data[f"{kind.name}.{channel}"]) for channel in Channel.values}
            for kind in self._kinds
        }
        quiet: dict[str, dt.time | None] = {name: data[name] for name in ("quiet_from", "quiet_until")}
        return {"switches": switches, "rhythm": data["rhythm"], **quiet}
