"""The jobs of payments."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from commerce.payments import keeping, reconciling, refunding
from community.jobs.registry import Progress, job


@job(name="payments.reconcile", title=_("Ask payment services after what they did not tell"), every=60)
def reconcile(progress: Progress) -> dict[str, Any]:
    return reconciling.reconcile(progress.tell)


@job(name=refunding.SENDING, title=_("Send refunds"), every=60)
def send_refunds(progress: Progress) -> dict[str, int]:
    return refunding.send_due(progress.tell)


@job(name=keeping.FORGETTING, title=_("Have payment services drop cards that are forgotten"), every=300)
def forget_cards(progress: Progress) -> dict[str, int]:
    return keeping.tell_providers()
