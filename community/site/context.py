from typing import Any

import structlog
from django.http import HttpRequest

from community.site import present


def site(request: HttpRequest) -> dict[str, Any]:
    """Context processor: `the_site` in every template (see present.Facts), and the request id that error pages show."""
    return {"the_site": present.site(), "request_id": structlog.contextvars.get_contextvars().get("request_id")}
