"""Forms of the cart."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from commerce.cart.conf import MOST_OF_A_LINE
from commerce.cart.models import LABEL_LENGTH


class QuantityForm(forms.Form):
    """How many. The buttons beside the number send a step to it, so that they work without scripts."""

    quantity = forms.IntegerField(label=_("Number"), min_value=1, max_value=MOST_OF_A_LINE, required=False)
    step = forms.IntegerField(required=False, min_value=-1, max_value=1, widget=forms.HiddenInput)
    label = forms.CharField(label=_("Label"), max_length=LABEL_LENGTH, required=False)

    def clean(self) -> dict[str, Any]:
        """`quantity` with the step; a step below one stays at one."""
        cleaned = super().clean() or {}
        number, step = cleaned.get("quantity"), cleaned.get("step")
        if number is not None and step:
            cleaned["quantity"] = min(max(number + step, 1), MOST_OF_A_LINE)
        return cleaned


class AddForm(forms.Form):
    """What is put into a cart, beside its specification."""

    variant = forms.UUIDField(widget=forms.HiddenInput)
    quantity = forms.IntegerField(label=_("Number"), min_value=1, max_value=MOST_OF_A_LINE, initial=1)
