"""Forms of the buyer's pages of returns."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from commerce.orders import carriers
from commerce.orders.models import OrderLine
from commerce.returns import conf
from commerce.returns.asking import Wanted
from commerce.returns.models import Wants
from commerce.returns.reading import reason_words

Offered = Sequence[tuple[OrderLine, int, list[str]]]
"""Lines of which some can come back: how many, for which reasons."""


class AskForm(forms.Form):
    """How many of each line and why; what the buyer wants instead."""

    wants = forms.ChoiceField(
        label=_("What would you like instead?"),
        choices=Wants.choices,
        initial=Wants.REFUND,
        widget=forms.RadioSelect,
    )
    note = forms.CharField(
        label=_("Anything the vendor should know"),
        required=False,
        max_length=conf.LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("You may leave it empty."),
    )

    def __init__(self, *args: Any, offered: Offered, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offered = offered
        for line, most, reasons in offered:
            counts = [(number, str(number)) for number in range(most + 1)]
            self.fields[f"count-{line.pk}"] = forms.TypedChoiceField(
                label=_("How many"), choices=counts, coerce=int, initial=most if len(offered) == 1 else 0
            )
            self.fields[f"reason-{line.pk}"] = forms.ChoiceField(
                label=_("Why"), choices=[("", _("Choose")), *reason_words(reasons)], required=False
            )
            self.fields[f"words-{line.pk}"] = forms.CharField(
                label=_("In your words"), max_length=conf.LONGEST_REASON, required=False
            )

    @property
    def by_line(self) -> list[tuple[OrderLine, Any, Any, Any]]:
        """Each line beside its three fields."""
        return [
            (line, self[f"count-{line.pk}"], self[f"reason-{line.pk}"], self[f"words-{line.pk}"])
            for line, _most, _reasons in self.offered
        ]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for line, _most, _reasons in self.offered:
            if cleaned.get(f"count-{line.pk}") and not cleaned.get(f"reason-{line.pk}"):
                self.add_error(f"reason-{line.pk}", _("Say why it comes back."))
        return cleaned

    @property
    def wanted(self) -> list[Wanted]:
        """What was chosen, of a valid form."""
        told, found = self.cleaned_data, []
        for line, _most, _reasons in self.offered:
            count = told[f"count-{line.pk}"]
            if count:
                found.append(Wanted(line.pk, count, told[f"reason-{line.pk}"], told[f"words-{line.pk}"]))
        return found


class SentForm(forms.Form):
    """How it travels."""

    carrier = forms.ChoiceField(
        label=_("Carrier"),
        choices=[("", _("Choose")), *((one.code, one.name) for one in carriers.CARRIERS), ("other", _("Another one"))],
        required=False,
    )
    tracking = forms.CharField(
        label=_("Tracking number"),
        max_length=60,
        required=False,
        help_text=_("With it, both of you can follow the parcel."),
    )
