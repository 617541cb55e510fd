"""The Content-Security-Policy: nothing inline, nothing from elsewhere. Only the admin sites, whose library needs
inline style and evaluated expressions, relax it; tests/architecture/test_csp.py holds that to their prefixes.

Browsers hold the answer to a form to `form-action` too, all along its redirects. A form that leads to another site (to
Kakao, to an application that a member let in) is therefore answered by a small page that goes there."""

from urllib.parse import urlsplit

from csp.middleware import CSPMiddleware
from csp.utils import default_config
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render

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
        if request.method == "POST" and leads_elsewhere(request, response):
            response = onward(request, response)
        relaxed = request.path.startswith(RELAXED_PREFIXES)
        response._csp_config = default_config(RELAXED if relaxed else STRICT)  # type: ignore[attr-defined]
        return super().process_response(request, response)


def onward(request: HttpRequest, redirect: HttpResponseBase) -> HttpResponse:
    """The page that goes where the redirect would, with the cookies that it set."""
    page = render(request, "onward.html", {"address": redirect["Location"]})
    page.cookies = redirect.cookies
    page["Cache-Control"] = "no-store"
    return page


def leads_elsewhere(request: HttpRequest, response: HttpResponseBase) -> bool:
    """Whether this is a redirect to a page of another site."""
    if response.status_code not in {301, 302, 303}:
        return False
    target = urlsplit(response["Location"])
    return target.scheme in {"http", "https"} and target.netloc != request.get_host()
