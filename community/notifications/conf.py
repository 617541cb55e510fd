"""Numbers of this app."""

import datetime as dt

BATCH = 100  # letters claimed at once
LEASE = dt.timedelta(minutes=3)  # after this, a claimed letter belongs to the next sender
WORK = dt.timedelta(seconds=60)  # a sender gives back what it has not tried by then; far inside the lease
BACK_OFF = tuple(dt.timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 180, 360, 720, 1440))
MOST_ATTEMPTS = len(BACK_OFF) + 1
SOFT_BOUNCES = 5  # so many letters put off or full mailboxes stop an address, one refusal for good does too
DIGEST_HOUR = 8  # by the member's clock
DIGEST_WEEKDAY = 0  # Monday
DIGEST_LINES = 30
FIRST_DIGEST = dt.timedelta(days=7)
KEPT_NOTICES = dt.timedelta(days=180)
KEPT_LETTERS = dt.timedelta(days=60)
