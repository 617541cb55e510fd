"""What this app takes as given."""

import datetime as dt

from community.site.legal import PRIVACY, TERMS, VERSIONS

TERMS_VERSION = VERSIONS[TERMS]
PRIVACY_VERSION = VERSIONS[PRIVACY]

MOST_TOKENS = 50
TOKEN_LIFE = dt.timedelta(days=365)
EXPORT_EVERY = dt.timedelta(hours=1)
EXPORT_KEPT = dt.timedelta(days=7)
ACTIVITY_KEPT = dt.timedelta(days=400)
"""Trust levels look back 100 days; a year and a month lets a member see their own year."""
