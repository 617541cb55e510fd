from django.utils.translation import gettext_lazy as _

from community.foundation.problems import TooLarge


class QuotaSpent(TooLarge):
    """The member's room for pictures is used up."""

    code = "quota_spent"
    detail = _("Your room for pictures is used up. Delete some that you need no more, then try again.")
