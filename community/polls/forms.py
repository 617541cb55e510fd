from collections.abc import Mapping

from django import forms
from django.utils.translation import gettext_lazy as _

from community.polls import conf
from community.polls.models import PollKind, ResultsShown

DAYS = [
    ("", _("stays open")),
    (1, _("after a day")),
    (3, _("after three days")),
    (7, _("after a week")),
    (30, _("after a month")),
]


def poll_fields() -> Mapping[str, forms.Field]:
    """What the composer asks for a poll; without answers there is none."""
    return {
        "question": forms.CharField(label=_("Question of the poll"), max_length=conf.QUESTION_LENGTH, required=False),
        "options": forms.CharField(
            label=_("Answers, one a line"),
            help_text=_("Between 2 and 20. Leave it empty for a topic without a poll."),
            widget=forms.Textarea(attrs={"rows": 4}),
            required=False,
        ),
        "kind": forms.ChoiceField(label=_("How people choose"), choices=PollKind.choices, required=False),
        "most_choices": forms.IntegerField(
            label=_("Choices at most"), min_value=1, max_value=conf.MOST_OPTIONS, required=False
        ),
        "days": forms.TypedChoiceField(
            label=_("It closes"), choices=DAYS, coerce=int, empty_value=None, required=False
        ),
        "results_shown": forms.ChoiceField(label=_("Results are shown"), choices=ResultsShown.choices, required=False),
        "voters_shown": forms.BooleanField(label=_("Everyone sees who voted for what"), required=False),
    }
