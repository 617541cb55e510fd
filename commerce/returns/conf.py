"""Times and bounds of returns."""

import datetime as dt

FAULTS_FOR = dt.timedelta(days=90)
"""So long after its delivery what is not as it was offered can come back (전자상거래법, article 17 (3): three months)."""
DECIDED_WITHIN = 3
"""Business days the vendor has to answer; then the return is accepted, since the law asks nobody for leave to withdraw."""
SENT_WITHIN = dt.timedelta(days=14)
"""So long an accepted return waits for the buyer to say that it is on its way."""
ARRIVES_WITHIN = dt.timedelta(days=30)
"""So long after that it waits for the vendor to say that it came."""
REFUNDED_WITHIN = 3
"""Business days after it came back (전자상거래법, article 18 (2)); then the money goes back by itself."""
REPLACED_WITHIN = 10
"""Business days the vendor has to send something in its place; then the money goes back instead."""
HOURS_A_DAY = 9
"""Of a business day, as the clock of complaints counts them."""
LONGEST_NOTE = 1000
LONGEST_REASON = 300
AT_ONCE = 100
"""As many returns a job takes in hand at once."""
