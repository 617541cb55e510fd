from typing import Any

from django.utils.translation import gettext_lazy as _

from commerce.orders import confirming
from community.jobs.registry import Progress, job


@job(name="orders.confirm_purchases", title=_("Confirm what arrived a while ago"), every=900)
def confirm_purchases(progress: Progress) -> dict[str, Any]:
    return {"presumed": confirming.presume_delivered(), "confirmed": confirming.confirm_due()}


@job(name="orders.release_settlement", title=_("Free the money of what can no longer come back"), every=900)
def release_settlement(progress: Progress) -> dict[str, Any]:
    return {"released": confirming.release_due(), "closed": confirming.close_due()}
