from django.utils.translation import gettext_lazy as _

from community.foundation.problems import Conflict, Invalid


class NoPlan(Conflict):
    """No plan holds for a product: the one for all is missing."""

    code = "no_commission_plan"
    detail = _("No commission plan holds for this product. An operator has to start one for all.")


class WrongRate(Invalid):
    code = "invalid_rate"
    detail = _("A rate is a whole number of basis points from 0 to 10,000; 100 are one percent.")


class OneScope(Invalid):
    code = "one_scope"
    detail = _("A plan is for one product, one category, one vendor, or for all. Choose one at most.")


class InThePast(Invalid):
    code = "in_the_past"
    detail = _("A rate cannot begin or end in the past: what was sold keeps the rate it was sold at.")


class PlannedAlready(Conflict):
    code = "planned_already"
    detail = _("Another rate is planned to begin at that time or later. End it first.")


class StaysForAll(Conflict):
    code = "default_stays"
    detail = _("The rate for all cannot end, or nothing could be sold. Start another one in its place.")
