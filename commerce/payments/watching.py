"""What operators should know of payments, on the first page of their admin."""

from collections.abc import Iterable
from typing import TypeVar

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from commerce.payments import conf
from commerce.payments.models import EventOutcome, ProviderEvent, Refund, RefundState
from community.foundation import clock
from community.moderation.overview import Concern

Rows = TypeVar("Rows", bound=QuerySet[ProviderEvent])


def concerns() -> Iterable[Concern]:
    """Money that does not go where it should."""
    refunds = reverse("admin:commerce_payments_refund_changelist")
    failed, stuck = Q(state=RefundState.FAILED), Q(state=RefundState.PENDING, tries__gte=conf.TRIES_BEFORE_ALARM)
    found = Refund.objects.filter(failed | stuck).aggregate(
        failed=Count("pk", filter=failed), stuck=Count("pk", filter=stuck)
    )
    text = _("refunds failed: send them again, or pay them by hand")
    yield Concern(found["failed"], text, f"{refunds}?state__exact=failed", urgent=True)
    text = _("refunds find no answer at the payment service")
    yield Concern(found["stuck"], text, f"{refunds}?state__exact=pending", urgent=True)
    strange = reverse("admin:commerce_payments_providerevent_changelist") + "?waiting=yes"
    text = _("messages of payment services do not fit what was sold: look at them")
    yield Concern(unseen(ProviderEvent.objects.all()).count(), text, strange, urgent=True)


def unseen(rows: Rows) -> Rows:
    """Those that do not fit, or ask for a person, and that nobody looked at yet."""
    return rows.filter(outcome__in=(EventOutcome.MISMATCH, EventOutcome.ALARM), seen_at=None)


def mark_seen(event: ProviderEvent) -> None:
    """An operator looked at it."""
    ProviderEvent.objects.filter(pk=event.pk, seen_at=None).update(seen_at=clock.now())
