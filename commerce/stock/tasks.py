from typing import Any

from django.utils.translation import gettext_lazy as _

from commerce.stock.expiring import release_due
from community.jobs.registry import Progress, job


@job(name="stock.release_expired", title=_("Let expired holds of stock go"), every=60)
def release_expired(progress: Progress) -> dict[str, Any]:
    return release_due()
