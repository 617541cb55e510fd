"""What members switched on and off, when they are quiet, how often they want the digest."""

import datetime as dt
import uuid
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from community.foundation.problems import Invalid
from community.members.models import Ignoring
from community.notifications import kinds
from community.notifications.models import Habit, Switch
from community.notifications.models.wishes import Channel, Rhythm
from community.notifications.quiet import next_loud, zone_named
from community.site.present import site


class Wants:
    """The switches, habits and ignored members of some members, read in three queries."""

    def __init__(self, members: Collection[uuid.UUID], *, kind: str | None = None) -> None:
        rows = Switch.objects.filter(member__in=members)
        if kind is not None:
            rows = rows.filter(kind=kind)
        self._switches = {(row.member_id, row.kind, row.channel): row.on for row in rows}
        self._habits = Habit.objects.in_bulk(members)
        ignorings = Ignoring.objects.filter(member__in=members)
        self._ignored = set(ignorings.values_list("member_id", "ignored_id"))

    @classmethod
    def of(cls, members: Collection[uuid.UUID]) -> "Wants":
        return cls(members)

    def wants(self, member: Any, kind: str, channel: str) -> bool:
        """Whether the member is told of `kind` by `channel`."""
        known = kinds.named(kind)
        if channel in known.always:
            return True
        return self._switches.get((member.pk, kind, channel), known.default(channel))

    def ignores(self, member: Any, other: uuid.UUID | None) -> bool:
        return (member.pk, other) in self._ignored

    def not_before(self, member: Any, moment: dt.datetime) -> dt.datetime:
        """`moment`, or the end of the quiet hours that it falls in."""
        habit = self._habits.get(member.pk)
        if habit is None:
            return moment
        zone = member.zone or zone_named(site().time_zone)
        return next_loud(moment, zone=zone, start=habit.quiet_from, end=habit.quiet_until)


@dataclass(frozen=True)
class Settings:
    """All that a member can set, as the settings page and REST show it."""

    switches: dict[str, dict[str, bool]]
    quiet_from: dt.time | None
    quiet_until: dt.time | None
    rhythm: str


def settings_of(member: Any) -> Settings:
    """What holds for the member now, defaults included."""
    wants = Wants({member.pk})
    habit = Habit.objects.filter(member=member.pk).first() or Habit(member_id=member.pk)
    switches = {
        name: {channel: wants.wants(member, name, channel) for channel in Channel.values} for name in kinds.all_kinds()
    }
    return Settings(switches, habit.quiet_from, habit.quiet_until, habit.rhythm)


@transaction.atomic
def change_settings(
    *,
    by: Any,
    switches: Mapping[str, Mapping[str, bool]],
    quiet_from: dt.time | None,
    quiet_until: dt.time | None,
    rhythm: str,
) -> Settings:
    """Set the switches that are given, and the quiet hours and rhythm.

    Raises Invalid for an unknown kind or channel, for switching off what nobody can (`always_on`), and for quiet hours
    with one end or of no length.
    """
    if (quiet_from is None) != (quiet_until is None) or (quiet_from is not None and quiet_from == quiet_until):
        raise Invalid(_("Quiet hours need a beginning and a different end."), code="quiet_hours", field="quiet_until")
    if rhythm not in Rhythm.values:
        raise Invalid(_("Choose never, every day or every week."), code="rhythm", field="rhythm")
    rows = [_switch(by, kind, channel, on) for kind, channels in switches.items() for channel, on in channels.items()]
    Switch.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["member", "kind", "channel"], update_fields=["on"]
    )
    Habit.objects.update_or_create(
        member=by, defaults={"quiet_from": quiet_from, "quiet_until": quiet_until, "rhythm": rhythm}
    )
    return settings_of(by)


def _switch(by: Any, kind: str, channel: str, on: bool) -> Switch:
    known = kinds.all_kinds().get(kind)
    if known is None or channel not in Channel.values:
        raise Invalid(_("There is no such notice or channel."), code="unknown_switch", field="switches")
    if channel in known.always and not on:
        raise Invalid(
            _("This notice cannot be switched off: it tells of decisions about you."),
            code="always_on",
            field="switches",
        )
    return Switch(member=by, kind=kind, channel=channel, on=on)
