from django.utils.translation import gettext_lazy as _

from community.foundation.problems import Conflict, Invalid, Refused


class Ambiguous(Invalid):
    """Staff of several vendors did not say which one they act for."""

    code = "vendor_required"
    detail = _("You work for several vendors. Say which one this is for.")


class NoStaff(Refused):
    """Who asks speaks for no vendor, or not in a role that may do this."""

    code = "not_your_vendor"
    detail = _("Only staff of this vendor may do that, and some things only its owners and managers.")


class NotOpen(Conflict):
    """The vendor is not approved, or closed."""

    code = "vendor_not_open"
    detail = _("This vendor is not open. Its desk says why, and what can be done.")


class NotNow(Conflict):
    """The vendor's state does not allow the step."""

    code = "not_now"
    detail = _("That step is not possible in the vendor's present state. Reload the page to see it.")


class ReasonNeeded(Invalid):
    """A decision against a vendor was to be made without a reason."""

    code = "reason_required"
    detail = _("Give the reason. The applicant reads it.")


class BusinessNumberWrong(Invalid):
    """The check digit of a Korean business registration number does not fit."""

    code = "invalid_business_number"
    detail = _("That is no business registration number: its ten digits do not fit each other. Check each digit.")


class TooManyApplications(Conflict):
    """The member has three applications waiting."""

    code = "too_many_applications"
    detail = _("Three of your applications wait for a decision. Please wait for one of them first.")


class NoSuchMember(Invalid):
    """No member has the user name that was entered."""

    code = "no_such_member"
    detail = _("No member has this user name. Check its letters.")
