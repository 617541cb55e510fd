"""Commission plans for tests."""

from typing import Any

from commerce.commissions.models import Plan


def a_plan(rate: int = 1000, **fields: Any) -> Plan:
    """A plan that runs; for all unless a scope is given (the migration's own plan for all then gives way)."""
    if not fields.keys() & {"product", "category", "vendor"}:
        Plan.objects.filter(product=None, category=None, vendor=None).delete()
    return Plan.objects.create(rate=rate, **fields)
