from typing import Any

from django.utils.translation import gettext_lazy as _

from commerce.checkout.expiring import expire_due
from community.jobs.registry import Progress, job


@job(name="checkout.expire_unpaid", title=_("End purchases that were not paid in time"), every=60)
def expire_unpaid(progress: Progress) -> dict[str, Any]:
    return expire_due(progress.tell)
