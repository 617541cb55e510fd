"""Types of requests."""

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from community.members.models import Member


class MemberRequest(HttpRequest):
    """A request of someone who is logged in, as the policies `signed_in` and `moderators` ensure."""

    user: Member  # type: ignore[assignment]
    htmx: HtmxDetails
