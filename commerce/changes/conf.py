import datetime as dt

MOST_SOURCES = 50  # words that one change names as its cause
EARLIEST = dt.date(2000, 1, 1)  # stands in a constraint: a change needs a migration
