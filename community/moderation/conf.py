"""Numbers of this app."""

import datetime as dt

CLAIM = dt.timedelta(minutes=30)
APPEAL_WITHIN = dt.timedelta(days=183)  # at least six months (Art. 20 DSA)
LONGEST_SANCTION = dt.timedelta(days=3660)
WORDS_KEPT = dt.timedelta(days=200)  # of a decided case, so that an appeal finds them
