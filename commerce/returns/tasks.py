from typing import Any

from django.utils.translation import gettext_lazy as _

from commerce.returns.overdue import settle_due
from community.jobs.registry import Progress, job


@job(name="returns.settle_due", title=_("Accept, end and refund returns whose time has come"), every=300)
def settle_returns(progress: Progress) -> dict[str, Any]:
    return settle_due(progress.tell)
