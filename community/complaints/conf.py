"""The rule of the response clock, and bounds of mail. All in one place, as the help page states it.

A complaint is owed a first response within `HOURS` business hours. The clock runs Monday to Friday from 09:00 to 18:00
in the site's time zone, except on the holidays that operators list; it starts when the complaint is opened and again
when its author reopens it, and stops with the first words of the owner team.
"""

import datetime as dt

HOURS = 8
OPENS, CLOSES = dt.time(9), dt.time(18)
WORKDAYS = frozenset(range(5))

ANSWER_LENGTH = 5_000

MOST_MAIL_BYTES = 12 * 1024 * 1024
MOST_MAIL_PICTURES = 4
HELD_FOR = dt.timedelta(days=90)
"""How long mail that was decided on is kept."""
