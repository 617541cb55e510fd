"""Requests whose member is known: what `@signed_in` and a scope let through."""

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails
from rest_framework.request import Request

from community.members.models import Member


class MemberRequest(HttpRequest):
    """A page's request behind `@signed_in`."""

    user: Member  # type: ignore[assignment]
    htmx: HtmxDetails


class MemberApiRequest(Request):
    """A REST request to a method that asks for a scope."""

    user: Member  # type: ignore[assignment]
