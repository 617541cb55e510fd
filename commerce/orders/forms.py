"""Forms of the buyer's pages of an order."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from commerce.orders.choosing import unsent
from commerce.orders.conf import LONGEST_REASON
from commerce.orders.models import LineKind, Order


class CancelForm(forms.Form):
    """How many of each line, and why. Everything that is left stands there until it is changed."""

    reason = forms.CharField(
        label=_("Why"),
        required=False,
        max_length=LONGEST_REASON,
        help_text=_("The vendor reads it. You may leave it empty."),
    )

    def __init__(self, *args: Any, order: Order, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lines = [line for line in order.lines.all() if line.kind == LineKind.ITEM and unsent(line)]
        for line in self.lines:
            self.fields[f"line-{line.pk}"] = forms.IntegerField(
                label=line.title, min_value=0, max_value=unsent(line), initial=unsent(line), required=False
            )

    @property
    def by_line(self) -> list[tuple[Any, Any]]:
        """Each line beside its field."""
        return [(line, self[f"line-{line.pk}"]) for line in self.lines]

    @property
    def wanted(self) -> dict[UUID, int]:
        return {line.pk: self.cleaned_data[f"line-{line.pk}"] or 0 for line in self.lines}


class ChangesForm(forms.Form):
    """What to change before it is made."""

    answer = forms.CharField(
        label=_("What should be different?"),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The vendor reads it and shows you another proof."),
    )
