from typing import Any

from django.http import HttpRequest

from community.site import present


def site(request: HttpRequest) -> dict[str, Any]:
    """Context processor: `site` in every template (see present.Facts)."""
    return {"site": present.site()}
