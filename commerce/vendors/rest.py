"""Who may call what vendors do over REST: members whose token carries `vendor`. Whose vendor it is, the act decides."""

from community.foundation.rest import scope

VENDOR = scope("vendor")
