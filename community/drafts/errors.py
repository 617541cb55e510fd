"""What keeping a draft refuses, by name."""

from django.utils.translation import gettext_lazy as _

from community.foundation.problems import Conflict


class WrittenElsewhere(Conflict):
    """409: another tab has saved since; both texts are there to choose from."""

    code = "draft_conflict"
    detail = _("You wrote on in another tab. Compare both texts, then save again.")


class TooManyDrafts(Conflict):
    code = "too_many_drafts"
    detail = _("You have a hundred drafts. Finish or delete one first.")
