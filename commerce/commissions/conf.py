"""What is fixed about commissions."""

TAX_RATE = 1000
"""Value added tax in the site's commission, in basis points; the commission includes it."""
