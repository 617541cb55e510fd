"""Bounds of payments."""

import datetime as dt

PATIENCE = 10
"""Seconds that a provider is given for an answer."""
ASKED_AFTER = dt.timedelta(seconds=30)
"""A payment that waits for longer is asked after."""
ASKED_AGAIN = (
    (dt.timedelta(minutes=15), dt.timedelta(seconds=50)),
    (dt.timedelta(hours=6), dt.timedelta(minutes=10)),
    (dt.timedelta(days=3650), dt.timedelta(hours=1)),
)
"""How often, by how old it is."""
ASKED_AT_MOST = dt.timedelta(seconds=2)
"""A buyer who reloads the page asks the provider no more often."""
NEVER_HEARD = dt.timedelta(minutes=2)
"""A payment of which the provider still knows nothing is given up: whatever was under way has ended by then."""
BATCH = 200
IN_VAIN = 3
"""A provider that could not be reached so many times in a row is left alone until the next run."""
EVENT_BYTES = 256 * 1024
"""No message of a provider is larger."""
TOLERANCE = dt.timedelta(minutes=5)
"""How far the clock of a signed message may be from ours."""
REFUND_DELAYS = tuple(dt.timedelta(seconds=seconds) for seconds in (60, 120, 300, 900, 1_800, 3_600))
"""After a try that brought no answer; the last one again and again."""
TRIES_BEFORE_ALARM = 4
SLOW = dt.timedelta(seconds=20)
"""The sandbox's slow way of payment takes this long."""
MOST_KEPT = 10
"""Cards that one member keeps."""
