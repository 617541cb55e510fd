"""Taking over products from elsewhere, at the desk and by `manage.py import_products`; and giving them out again.

sheets      a CSV (plain or gzip) or XLSX file as bounded lines
checking    a line to a Row, or the reason why not
storing     rows in batches into the database, idempotent by SKU
running     all of it, with a preview, progress, and what was refused
exporting   a vendor's products as lines that can be imported again
"""
