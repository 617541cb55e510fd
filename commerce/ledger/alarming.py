"""What the last proof by night found, on the operators' first page until it is mended."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from commerce.ledger.tasks import AUDIT
from community.jobs.models import Run
from community.moderation.overview import Concern


def wrong_figures() -> Iterable[Concern]:
    """Figures that did not add up when they were last proven."""
    last = Run.objects.filter(name=AUDIT, state=Run.State.DONE).order_by("-started_at").first()
    if last is not None:
        yield Concern(
            (last.result or {}).get("wrong", 0),
            _("figures of the ledger do not add up: find out why before anything else"),
            reverse("admin:community_jobs_run_change", args=[last.pk]),
            urgent=True,
        )
