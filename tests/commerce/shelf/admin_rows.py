"""Rows for the admin pages of shelves."""

from commerce.shelf import inviting
from tests.admin.rows import rows
from tests.factories.shelf import a_thing, an_arrived_order


@rows("commerce_shelf.Thing")
def _thing() -> None:
    a_thing()


@rows("commerce_shelf.Invitation")
def _invitation() -> None:
    inviting.plan(an_arrived_order().pk)
