"""What this app tells the registries of the lower ones."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from community.foundation import fragments
from community.members import sections
from community.profiles import asking, reading


def register_all() -> None:
    sections.register(
        sections.Section(
            "about", _("About you"), "community_profiles:about", "heart", 20, _("What you tell, and who sees it")
        )
    )
    sections.register(
        sections.Section("consents", _("Consents"), "community_profiles:consents", "check", 30, _("What we may do"))
    )
    fragments.fill("member", "community/profiles/_answers.html", answers_shown)
    fragments.fill("front", "community/profiles/_question.html", question_to_ask, order=80)


def answers_shown(request: HttpRequest, member: Any) -> dict[str, Any] | None:
    shown = reading.shown_to(request.user, member) if member is not None else []
    return {"answers": shown} if shown else None


def question_to_ask(request: HttpRequest, about: Any) -> dict[str, Any] | None:
    """The question of the week, for members alone: a guest's page is the same for every guest."""
    if not request.user.is_authenticated:
        return None
    field = asking.next_question(request.user)
    if field is None:
        return None
    asking.note_asked(member=request.user, field=field)
    return {"field": field}
