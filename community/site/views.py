"""Pages about the place itself: its logo, its elements, and what a visitor chooses before being anyone."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods, require_POST, require_safe

from community.foundation.access import everyone
from community.foundation.guest_cache import cached_for_guests
from community.foundation.problems import NotThere
from community.site import legal, present
from community.site.choices import COOKIE_CHOICE, remember_cookies, remember_language
from community.site.forms import CookieForm, LanguageForm, SampleForm
from community.site.models import Site
from community.site.samples import inputs as sample_inputs
from community.site.samples import samples

A_YEAR = 31_536_000
PAPER = "#fbfaf7"  # the ground of static/css/tokens.css, before any style is read


@everyone
@require_safe
def logo(request: HttpRequest, mark: str) -> HttpResponse:
    """The logo under an address of its own for each version, so that it may be kept for ever."""
    picture = Site.objects.filter(logo_mark=mark).values_list("logo", flat=True).first()
    if picture is None:
        raise NotThere
    return HttpResponse(
        bytes(picture),
        content_type="image/png",
        headers={"Cache-Control": f"public, max-age={A_YEAR}, immutable"},
    )


@everyone
@cached_for_guests
@require_GET
def kit(request: HttpRequest) -> HttpResponse:
    """The living style page: every element of the kit with its call."""
    form = SampleForm({"title": "", "body": "", "kind": "question"} if "errors" in request.GET else None)
    return render(request, "community/site/kit/page.html", {"samples": samples(), "form": form, **sample_inputs()})


@everyone
@never_cache
@require_GET
def csrf(request: HttpRequest) -> JsonResponse:
    """The CSRF token, for forms on pages that are shared between guests."""
    return JsonResponse({"token": get_token(request)})


@everyone
@csrf_exempt  # Stands on pages without a token; forged from elsewhere it comes without the session (SameSite).
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Take the chosen language, and go back to where the choice was made."""
    form = LanguageForm(request.POST)
    back = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure()):
        back = "/"
    response = HttpResponseRedirect(back)
    if form.is_valid():
        remember_language(request, response, form.cleaned_data["language"])
    return response


@everyone
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def cookies(request: HttpRequest) -> HttpResponse:
    """What each cookie does, and the choice between those that are needed and all."""
    chosen = request.COOKIES.get(COOKIE_CHOICE)
    form = CookieForm(request.POST or None, initial={"choice": chosen or "necessary"})
    if request.method == "POST" and form.is_valid():
        response = redirect("site_cookies")
        remember_cookies(response, form.cleaned_data["choice"])
        return response
    return render(request, "community/site/cookies/page.html", {"form": form, "chosen": chosen})


def _document(request: HttpRequest, name: str) -> HttpResponse:
    return render(request, "community/site/legal/page.html", {"document": legal.current(name)})


@everyone
@cached_for_guests
@require_safe
def terms(request: HttpRequest) -> HttpResponse:
    return _document(request, legal.TERMS)


@everyone
@cached_for_guests
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    return _document(request, legal.PRIVACY)


@everyone
@cached_for_guests
@require_safe
def offline(request: HttpRequest) -> HttpResponse:
    """What the service worker shows without a connection; it holds nothing of anyone."""
    return render(request, "community/site/offline/page.html")


@everyone
@cache_control(max_age=3600, public=True)
@require_safe
def service_worker(request: HttpRequest) -> HttpResponse:
    """The service worker, at the root so that it may answer for every page."""
    names = ("vendor/bootstrap/bootstrap.min.css", "css/tokens.css", "css/bootstrap-theme.css", "css/base.css")
    files = [static(name) for name in (*names, "css/frame.css", "css/kit.css", "js/first.js", "img/logo.svg")]
    inputs = {"page": reverse("site_offline"), "files": files}
    return render(request, "community/site/offline/worker.js", inputs, content_type="text/javascript")


@everyone
@cache_control(max_age=3600, public=True)
@require_GET
def manifest(request: HttpRequest) -> JsonResponse:
    """What a phone needs to keep Madang on its home screen."""
    icons = [
        {"src": static("img/icon-192.png"), "sizes": "192x192", "type": "image/png"},
        {"src": static("img/icon-512.png"), "sizes": "512x512", "type": "image/png"},
        {"src": static("img/logo.svg"), "sizes": "any", "type": "image/svg+xml"},
    ]
    about = {
        "name": str(present.site().name),
        "short_name": str(present.site().name),
        "lang": get_language(),
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "background_color": PAPER,
        "theme_color": PAPER,
        "icons": icons,
    }
    return JsonResponse(about, content_type="application/manifest+json")
