from typing import Any

from django.utils.translation import gettext_lazy as _

from commerce.cart.expiring import sweep_guests
from community.jobs.registry import Progress, job


@job(name="cart.sweep_guests", title=_("Let guests' old carts go"), every=3600)
def sweep_guests_carts(progress: Progress) -> dict[str, Any]:
    return {"carts": sweep_guests()}
