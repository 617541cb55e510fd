"""Recurring work of the ledger."""

import structlog
from celery.schedules import crontab
from django.utils.translation import gettext_lazy as _

from commerce.ledger.auditing import audit
from commerce.ledger.expiring import expire_due
from community.jobs.registry import Progress, job

log = structlog.get_logger(__name__)
AUDIT = "ledger.audit"
SHOWN = 20


@job(name="ledger.expire", title=_("Take expired points and credit out of accounts"), every=300)
def expire(progress: Progress) -> dict[str, int]:
    return {"lots": expire_due()}


@job(name=AUDIT, title=_("Prove that the ledger adds up"), at=crontab(hour="3", minute="17"))
def prove(progress: Progress) -> dict[str, object]:
    """What is wrong stands in the log, in the run's result and on the operators' first page, until someone mends it."""
    findings = audit()
    for finding in findings:
        log.error(
            "ledger_wrong", check=finding.check, subject=finding.subject, expected=finding.expected, found=finding.found
        )
    return {"wrong": len(findings), "first": [str(finding) for finding in findings[:SHOWN]]}
