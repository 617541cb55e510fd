"""What the acts of this app may refuse, by name."""

from django.utils.translation import gettext_lazy as _

from community.foundation.problems import Conflict, Invalid, Refused, TooMany


class NameTaken(Invalid):
    """Someone has that user name, had it, or has one that looks the same."""

    code = "username_taken"
    detail = _("Someone has that user name, or one that looks the same. Choose another.")


class NameChangedLately(Conflict):
    """User names change at most once in 30 days."""

    code = "username_changed_lately"
    detail = _("You changed your user name less than 30 days ago. Please wait a little.")


class EmailTaken(Conflict):
    """For operators' commands only: sign-up never tells."""

    code = "email_taken"
    detail = _("Another member has that e-mail address.")


class Silenced(Refused):
    code = "silenced"
    detail = _("You may read, but not write, until your silence ends.")


class Suspended(Refused):
    code = "suspended"
    detail = _("Your account is suspended. You may read, take your data with you, and answer the decision.")


class EmailUnverified(Refused):
    code = "email_unverified"
    detail = _("Confirm your e-mail address first: open the link in the letter we sent you.")


class AllowanceSpent(TooMany):
    """The day's or the minute's share of this act is used up."""

    code = "allowance_spent"
    detail = _(
        "You did that very often just now. Wait a little, then go on; the limits grow as people get to know you."
    )


class AllowanceSpentToday(AllowanceSpent):
    detail = _("That was the last one for today. Go on tomorrow; the limits grow as people get to know you.")


class NotOnYourself(Invalid):
    code = "not_on_yourself"
    detail = _("You cannot follow or ignore yourself.")


class OperatorsAreHeard(Refused):
    code = "operators_are_heard"
    detail = _("Operators cannot be ignored: they speak for the site.")


class LastOwner(Conflict):
    code = "last_owner"
    detail = _("A team needs an owner. Make someone else an owner first.")


class NotYourTeam(Refused):
    code = "not_your_team"
    detail = _("Only the team's owners and managers may change who speaks for it.")


class UnknownScope(Invalid):
    code = "unknown_scope"
    detail = _("There is no such scope. Use read, write, orders, vendor or operate.")


class ScopeNotYours(Refused):
    code = "scope_not_yours"
    detail = _("Only operators may give a token the scope “operate”.")


class TooManyTokens(Conflict):
    code = "too_many_tokens"
    detail = _("You have 50 tokens. Delete one that you do not use any more.")


class ArchiveJustMade(TooMany):
    code = "archive_just_made"
    detail = _("An archive of your data was made within the last hour. Take that one along, or ask again later.")


class WrongPassword(Invalid):
    code = "wrong_password"
    detail = _("That is not your password.")


class OperatorMayNotLeave(Conflict):
    code = "operator_may_not_leave"
    detail = _("An operator's account cannot be erased. Have another operator take the role from it first.")


class OwnRole(Refused):
    code = "own_role"
    detail = _("Nobody takes this role from themselves. Ask another operator.")
