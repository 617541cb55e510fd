"""Forms of flags, decisions, appeals and sanctions."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from community.moderation.models import Outcome, Reason, Sanction

OUTCOMES_OF_OPEN = [(Outcome.KEPT, _("Leave it as it is")), (Outcome.HIDDEN, _("Hide it"))]


class FlagForm(forms.Form):
    """What is wrong."""

    reason = forms.ChoiceField(label=_("What is wrong?"), choices=Reason.choices, widget=forms.RadioSelect)
    note = forms.CharField(
        label=_("Anything the moderator should know"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "Moderators of this board and operators read this, with your name. The author never learns who flagged."
        ),
    )


class DecisionForm(forms.Form):
    """What is done, and why."""

    outcome = forms.ChoiceField(label=_("What should happen?"), widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Reason"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The author reads it and may answer; it stands in the public log. Name nobody."),
    )

    def __init__(self, *args: Any, outcomes: list[tuple[str, object]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice: Any = self.fields["outcome"]
        choice.choices = outcomes
        if len(outcomes) == 1:
            choice.initial = outcomes[0][0]


class AppealForm(forms.Form):
    """The author's answer."""

    text = forms.CharField(
        label=pgettext_lazy("to a decision", "Your answer"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Another moderator reads it and looks again."),
    )


class AppealAnswerForm(forms.Form):
    """What another moderator made of it."""

    upheld = forms.TypedChoiceField(
        label=_("What should happen?"),
        choices=[("yes", _("The decision stays")), ("no", _("Show it again"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    answer = forms.CharField(label=_("Answer to the author"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))


class SanctionForm(forms.Form):
    """Given by operators, from a case or a member's page in the admin."""

    kind = forms.ChoiceField(label=_("Sanction"), choices=Sanction.Kind.choices, widget=forms.RadioSelect)
    days = forms.IntegerField(
        label=_("For how many days"), required=False, min_value=1, max_value=3650, help_text=_("A warning has no end.")
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The member reads it; it stands in the public log without a name."),
    )
