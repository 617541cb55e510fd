from django.contrib import admin

from community.foundation.operating import LookUp
from community.profiles.models import Consent


@admin.register(Consent)
class ConsentAdmin(LookUp):
    """The history of consents: proof of what was granted when; nobody edits it. Answers are the members' own and are
    not shown to operators."""

    list_display = ("member", "purpose", "granted", "wording", "at", "current")
    list_filter = ("purpose", "granted", "current")
    search_fields = ("member__username",)
    list_select_related = ("member",)
    date_hierarchy = "at"
