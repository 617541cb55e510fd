"""Types of requests."""

from rest_framework.request import Request

from community.members.models import Member


class MemberCall(Request):
    """A request whose caller is known, as the scopes ensure; public GETs look through `viewer` instead."""

    user: Member
