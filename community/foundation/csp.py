"""The Content-Security-Policy: nothing inline, nothing from elsewhere. Only the admin sites, whose library needs
inline style and evaluated expressions, relax it; tests/architecture/test_csp.py holds that to their prefixes."""

from csp.middleware import CSPMiddleware
from csp.utils import default_config
from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

STRICT = {
    "default-src": ["'self'"],
    "script-src": ["'self'"],
    "style-src": ["'self'"],
    "img-src": ["'self'", "data:", "blob:"],
    "font-src": ["'self'"],
    "connect-src": ["'self'", *([settings.LIVE_URL] if settings.LIVE_URL else [])],
    "object-src": ["'none'"],
    "base-uri": ["'none'"],
    "form-action": ["'self'"],
    "frame-ancestors": ["'none'"],
}
RELAXED_PREFIXES = ("/admin/", "/desk/")
RELAXED = {
    **STRICT,
    "script-src": ["'self'", "'unsafe-inline'", "'unsafe-eval'"],
    "style-src": ["'self'", "'unsafe-inline'"],
}


class ContentPolicyMiddleware(CSPMiddleware):
    """django-csp with the policy of the path."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        relaxed = request.path.startswith(RELAXED_PREFIXES)
        response._csp_config = default_config(RELAXED if relaxed else STRICT)  # type: ignore[attr-defined]
        return super().process_response(request, response)
