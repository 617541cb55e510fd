"""The form in which a vendor says how it delivers."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminTextInputWidget

from commerce.catalog.forms import MoneyField
from commerce.delivery.models import Method
from commerce.vendors.desk import DeskForm


def _amount(label: Any, help_text: Any, *, required: bool = False) -> MoneyField:
    return MoneyField(label=label, required=required, help_text=help_text, widget=UnfoldAdminTextInputWidget)


class MethodForm(DeskForm):
    """Amounts are typed as people write them; the act holds them together."""

    fee = _amount(_("fee"), _("Taxes included. 0 costs buyers nothing."), required=True)
    free_from = _amount(_("free from"), _("From this amount of your goods on it costs nothing. Empty: never."))
    remote_fee = _amount(_("surcharge for islands"), _("What Jeju, Ulleung and other islands cost more, free or not."))
    abroad_fee = _amount(
        _("surcharge abroad"), _("What other countries cost more. Empty: you do not deliver there. 0: nothing more.")
    )

    class Meta:
        model = Method
        fields = ("kind", "name", "name_ko", "days_least", "days_most", "place", "position", "active")
        help_texts = {
            "name": _("What buyers choose it by: “Parcel”, “Pick-up at the workshop”."),
            "name_ko": _("For those who read Korean; empty takes the other."),
            "days_least": _("From the order to the door, at the fastest."),
            "days_most": _("And at the slowest, on usual days."),
            "place": _("Of a pick-up: the address, and the hours. Buyers show a code there."),
            "position": _("The method with the lowest number is the one that buyers get unless they choose another."),
            "active": _("Off: nobody can choose it. What was bought is delivered as agreed."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("fee", "free_from", "remote_fee", "abroad_fee"):
            if name in self.fields:
                self.initial.setdefault(name, getattr(self.instance, name))

    def _get_validation_exclusions(self) -> set[str]:
        """The database's rules are said by the act, each by its field."""
        return {*super()._get_validation_exclusions(), *self.fields}  # type: ignore[misc]

    def validate_constraints(self) -> None:
        """As above."""

    def clean_place(self) -> str:
        kind, place = self.cleaned_data.get("kind"), self.cleaned_data.get("place", "")
        if kind == "pickup" and not place.strip():
            raise forms.ValidationError(_("Say where it can be picked up, and when."), code="required")
        return place
