"""Taking over the orders of another shop: `manage.py import_orders` (`--help` tells the options).

checking    a line to a Row, or the reason why not
gathering   lines to whole invoices: a first look through the file says how many lines each has
providing   variants for SKUs; a product of the vendor where there is none yet
storing     invoices into orders by COPY, idempotent by the vendor's numbers
crediting   returns onto the orders from which they come
booking     what both moved, on the ledger
running     all of it, in batches, with progress and a file of what was refused
"""
