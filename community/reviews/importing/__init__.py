"""Taking over reviews from elsewhere: `manage.py import_reviews` (`--help` tells the options).

reading     bounded lines of a plain or gzip file, JSON lines or CSV
checking    a line to a Row, or the reason why not
storing     rows in batches into the database by COPY, idempotent by key
running     all of it, with progress and a file of what was refused
"""
