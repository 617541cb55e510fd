from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from community.ideas import conf
from community.ideas.models import Stage, Status


def stage_fields() -> Mapping[str, forms.Field]:
    """What the composer asks on an idea board."""
    return {
        "stage": forms.ChoiceField(
            label=_("What would it change?"),
            help_text=_(
                "The stage of the value chain: how a thing is designed, made, delivered, or cared for afterwards."
            ),
            choices=[("", _("not sure")), *Stage.choices],
            required=False,
        )
    }


class AnswerForm(forms.Form):
    """A team's answer to an idea."""

    status = forms.ChoiceField(label=_("Status"), choices=Status.choices)
    answer = forms.CharField(
        label=pgettext_lazy("of a team", "Answer"),
        help_text=_("Say why, and what happens next. Declining needs a reason."),
        max_length=conf.ANSWER_LENGTH,
        widget=forms.Textarea(attrs={"rows": 5}),
        required=False,
    )
    team = forms.ChoiceField(label=_("In whose name"), required=False)

    def __init__(self, *args: Any, teams: list, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.teams = {team.slug: team for team in teams}
        if len(teams) > 1:
            self.fields["team"].choices = [(team.slug, team.name) for team in teams]  # type: ignore[attr-defined]
        else:
            del self.fields["team"]
