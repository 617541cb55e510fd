"""Terms of pricing."""

DELIVERY_TAX_RATE = 1000
"""Basis points of value-added tax in what a delivery costs."""
