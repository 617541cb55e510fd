"""The request as views behind `@signed_in` know it."""

from django.http import HttpRequest

from community.members.models import Member


class MemberRequest(HttpRequest):
    """A request of a logged-in member."""

    user: Member  # type: ignore[assignment]
