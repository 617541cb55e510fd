"""When something is due with a return: business days run as the clock of complaints does, past the operators' holidays."""

import datetime as dt
import zoneinfo

from django.conf import settings

from commerce.returns.conf import HOURS_A_DAY
from community.complaints.business_hours import due_after
from community.complaints.models import Holiday


def business_days_after(start: dt.datetime, days: int) -> dt.datetime:
    """The end of so many business days after `start`."""
    until = start.date() + dt.timedelta(days=400)
    listed = Holiday.objects.filter(date__gte=start.date() - dt.timedelta(days=1), date__lte=until)
    holidays = set(listed.values_list("date", flat=True))
    zone = zoneinfo.ZoneInfo(settings.TIME_ZONE)
    return due_after(start, days * HOURS_A_DAY, zone=zone, holidays=holidays)
