"""The form of an address, in Korean postcode form and international (2.23)."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from commerce.delivery import addressing, countries
from commerce.delivery.errors import AddressInvalid

COMPLETED = {  # what browsers fill in of their own (WHATWG autofill names)
    "name": "name",
    "postcode": "postal-code",
    "line1": "address-line1",
    "line2": "address-line2",
    "city": "address-level2",
    "region": "address-level1",
    "country": "country",
    "phone": "tel",
}


def _text(name: str, label: Any, help_text: Any = "", **attributes: str) -> forms.CharField:
    attributes = {"autocomplete": f"shipping {COMPLETED[name]}", **attributes}
    return forms.CharField(
        label=label,
        max_length=addressing.LONGEST[name],
        required=name not in addressing.OPTIONAL,
        help_text=help_text,
        widget=forms.TextInput(attributes),
    )


class AddressForm(forms.Form):
    """Fields in the order in which a Korean label is written; `cleaned_data` is the address as it is kept."""

    use_required_attribute = False

    country = forms.ChoiceField(
        label=_("Country"), widget=forms.Select({"autocomplete": f"shipping {COMPLETED['country']}"})
    )
    name = _text("name", pgettext_lazy("of who receives", "Name"))
    phone = _text("phone", _("Phone"), _("For the carrier alone."), inputmode="tel")
    postcode = _text("postcode", _("Postcode"), _("In Korea five digits; where a country has none, 00000."))
    region = _text("region", _("Province or state"))
    city = _text("city", _("City, district"))
    line1 = _text("line1", _("Street and number"))
    line2 = _text("line2", _("Flat, floor, building"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["country"].choices = countries.choices()  # type: ignore[attr-defined]
        self.fields["country"].initial = "KR"

    def clean(self) -> dict[str, Any]:
        """Judged by `addressing.checked` alone, as everywhere else."""
        given = {name: self.data.get(self.add_prefix(name), "") for name in self.fields}
        try:
            return dict(addressing.checked(given))
        except AddressInvalid as invalid:
            for name, fault in invalid.faults.items():
                if name not in self.errors:
                    self.add_error(name, forms.ValidationError(str(fault.detail), code=fault.code))
            return self.cleaned_data
