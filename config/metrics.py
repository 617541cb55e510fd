"""`/metrics` in Prometheus' format, for this machine or whoever holds METRICS_TOKEN."""

import hmac
import ipaddress

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django_prometheus.exports import ExportToDjangoView

from community.foundation.access import everyone
from community.foundation.problems import NotThere


@everyone
@require_safe
@never_cache
def metrics(request: HttpRequest) -> HttpResponse:
    """Everyone else is told that there is nothing here."""
    if not (_holds_token(request) or _is_this_machine(request)):
        raise NotThere
    return ExportToDjangoView(request)


def _holds_token(request: HttpRequest) -> bool:
    sent = request.headers.get("Authorization", "").removeprefix("Bearer ")
    return bool(settings.METRICS_TOKEN) and hmac.compare_digest(sent.encode(), settings.METRICS_TOKEN.encode())


def _is_this_machine(request: HttpRequest) -> bool:
    """A proxy on this machine speaks for strangers, and says so in a header."""
    if any(name in request.headers for name in ("Forwarded", "X-Forwarded-For", "X-Real-Ip")):
        return False
    try:
        return ipaddress.ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False
