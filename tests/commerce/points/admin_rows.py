"""Rows for the admin pages of points."""

from commerce.points import acts
from commerce.points.models import EarningRule
from tests.admin.rows import rows
from tests.factories.members import a_member
from tests.factories.points import granted


@rows("commerce_points.Earning")
def _earning() -> None:
    granted(a_member(), 100)


@rows("commerce_points.EarningRule")
def _rule() -> None:
    """There are as many rules as acts; others stand for acts that code no longer declares."""
    EarningRule.objects.create(act=f"former-{EarningRule.objects.count()}", **acts.all_acts()["review"].rule())
