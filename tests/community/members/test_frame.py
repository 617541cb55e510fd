"""What the frame of every page shows of the member who reads it."""

import uuid

import pytest

from community.foundation.templatetags.kit import avatar
from tests.factories.members import a_member, logged_in

pytestmark = pytest.mark.django_db


def id_of_another_colour(member) -> uuid.UUID:
    """An id whose letter stands on another colour than this member's."""
    known = avatar(member, "small")
    twin = type(member)(username=member.username)
    while avatar(twin, "small") == known:
        twin.pk = uuid.uuid4()
    return twin.pk


def test_who_takes_a_freed_user_name_meets_their_own_colour() -> None:
    """The bar on phones is drawn once for the same values: the member's id, which the colour follows, is among them."""
    former = a_member("mina")
    assert avatar(former, "small") in logged_in(former).get("/").content.decode()
    another = id_of_another_colour(former)
    former.username = "former"
    former.save()
    page = logged_in(a_member("mina", pk=another)).get("/").content.decode()
    bar = page[page.index('class="bottom no-print"') :]
    assert avatar(type(former).objects.get(pk=another), "small") in bar
