"""Forget what members were told."""

from typing import Any

from django.db import transaction

from community.notifications.models import Habit, Happening, Letter, Notice, Switch


@transaction.atomic
def forget(*, member: Any) -> None:
    """Drop everything this app holds about the member, and their traces in what others were told."""
    for model in (Letter, Notice, Switch, Habit):
        model.objects.filter(member=member).delete()
    Notice.objects.filter(by=member).update(by=None)
    Happening.objects.filter(by=member).update(by=None)
