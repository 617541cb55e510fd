from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from community.foundation.access import everyone
from community.foundation.problems import NotThere
from community.site.models import Site

A_YEAR = 31_536_000


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
