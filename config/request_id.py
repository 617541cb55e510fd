"""The number that log lines and error pages share, so that a person can tell us which lines are theirs."""

from typing import Any

import structlog
from django.http import HttpRequest


def request_id(request: HttpRequest) -> dict[str, Any]:
    """Context processor: `request_id`, also for the error pages (django-structlog gives each request one)."""
    return {"request_id": structlog.contextvars.get_contextvars().get("request_id", "")}
