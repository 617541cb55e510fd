from collections.abc import Mapping

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from community.complaints import conf
from community.complaints.models import Status
from community.members.models import Team


def team_fields() -> Mapping[str, forms.Field]:
    """What the composer asks on a complaint board."""
    return {
        "team": forms.ModelChoiceField(
            label=_("Who should answer?"),
            help_text=_("If you do not know, leave it open: the complaint finds its team by itself."),
            queryset=Team.objects.speaking().order_by("name"),
            to_field_name="slug",
            empty_label=_("I do not know"),
            required=False,
        )
    }


class ResponseForm(forms.Form):
    """What the owner team says."""

    status = forms.ChoiceField(
        label=_("How does it stand?"),
        choices=[(Status.WORKING, Status.WORKING.label), (Status.ANSWERED, Status.ANSWERED.label)],
    )
    answer = forms.CharField(
        label=pgettext_lazy("of a team", "Answer"),
        help_text=_("Say what was done, or what will be done and until when. An answer needs words."),
        max_length=conf.ANSWER_LENGTH,
        widget=forms.Textarea(attrs={"rows": 6}),
        required=False,
    )


class OutcomeForm(forms.Form):
    """What the one who complained says of the answer."""

    confirmed = forms.TypedChoiceField(
        choices=[("yes", _("Settled")), ("no", _("Not settled"))], coerce=lambda value: value == "yes"
    )
    why = forms.CharField(
        label=_("What is still wrong?"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}), required=False
    )
