"""The one form of the checkout: where to, how, with what. What it means is judged by `choosing`, as over REST."""

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from commerce import money
from commerce.checkout.choosing import Choice
from commerce.delivery import addressing, countries
from commerce.delivery.models import Address
from commerce.delivery.reading import Offered
from commerce.orders.models import Order
from commerce.payments.providers import Way
from commerce.vendors.models import Vendor

NEW = "new"
AUTOCOMPLETE = {
    "name": "name",
    "phone": "tel",
    "country": "country",
    "postcode": "postal-code",
    "region": "address-level1",
    "city": "address-level2",
    "line1": "address-line1",
    "line2": "address-line2",
}


class AddressFields(forms.Form):
    """An address as it is written down; the country decides what a postcode looks like."""

    use_required_attribute = False  # what is hidden, since another address is chosen, must not keep it from being sent

    name = forms.CharField(label=gettext_lazy("Who receives it"), max_length=60)
    phone = forms.CharField(label=gettext_lazy("Phone"), max_length=20)
    country = forms.ChoiceField(label=gettext_lazy("Country"))
    postcode = forms.CharField(label=gettext_lazy("Postcode"), max_length=12)
    region = forms.CharField(label=gettext_lazy("Province or state"), required=False, max_length=60)
    city = forms.CharField(label=gettext_lazy("City or county"), max_length=60)
    line1 = forms.CharField(label=gettext_lazy("Street and number"), max_length=120)
    line2 = forms.CharField(label=gettext_lazy("Flat, floor, building"), required=False, max_length=120)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        country: Any = self.fields["country"]
        country.choices = countries.choices()
        for name, token in AUTOCOMPLETE.items():
            self.fields[name].widget.attrs["autocomplete"] = f"shipping {token}"
        self.fields["phone"].widget.input_type = "tel"  # type: ignore[attr-defined]
        self.fields["postcode"].widget.attrs["inputmode"] = "text"


class CheckoutForm(AddressFields):
    """`methods` are what each vendor offers, of those from whom something is sent; `spendable` points can be used at most."""

    def __init__(
        self,
        *args: Any,
        addresses: Sequence[Address],
        methods: Mapping[Vendor, Sequence[Offered]],
        ways: Sequence[Way],
        spendable: int,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.addresses, self.methods, self.spendable = {str(row.pk): row for row in addresses}, methods, spendable
        self.hints = {way.method: way for way in ways}
        if addresses:
            self.fields["address"] = forms.ChoiceField(
                label=_("Where to"),
                choices=[
                    *((key, _in_a_line(row)) for key, row in self.addresses.items()),
                    (NEW, pgettext("to deliver to", "Another address")),
                ],
                widget=forms.RadioSelect,
                required=False,
            )
        for vendor, offered in methods.items():
            self.fields[f"delivery-{vendor.slug}"] = forms.ChoiceField(
                label=_("Delivery"),
                choices=[(one.id, _method(one)) for one in offered],
                widget=forms.RadioSelect,
                required=False,
            )
            self.fields[f"note-{vendor.slug}"] = forms.CharField(
                label=_("Note to the vendor"),
                required=False,
                max_length=Order._meta.get_field("note").max_length,
            )
        if not methods or (self.is_bound and self.data.get("address", NEW) != NEW):
            for name in AUTOCOMPLETE:
                self.fields[name].required = False
        self.fields["points"] = forms.IntegerField(
            label=_("Points"), required=False, min_value=0, max_value=max(spendable, 0)
        )
        self.fields["payment_method"] = forms.ChoiceField(
            label=_("How you pay"), choices=[(way.method, str(way.title)) for way in ways], widget=forms.RadioSelect
        )
        self.fields["claim"] = forms.UUIDField(widget=forms.HiddenInput, required=False)
        self.fields["agreed"] = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def choice(self) -> Choice:
        """What was chosen, of a bound form, also where something of it is wrong: for a preview."""
        said = getattr(self, "cleaned_data", {})
        return Choice(
            payment_method=said.get("payment_method") or "",
            address=self._address(said),
            deliveries={
                vendor.slug: said[f"delivery-{vendor.slug}"]
                for vendor in self.methods
                if said.get(f"delivery-{vendor.slug}")
            },
            points=said.get("points") or 0,
            notes={
                vendor.slug: said[f"note-{vendor.slug}"] for vendor in self.methods if said.get(f"note-{vendor.slug}")
            },
            agreed=said.get("agreed"),
        )

    def claim(self) -> uuid.UUID:
        """The same for each repeat of the form that was shown."""
        return self.cleaned_data.get("claim") or uuid.uuid4()

    def begin_anew(self) -> None:
        """The next sending is another try, not a repeat of this one."""
        self.data = {**self.data.dict(), "claim": str(uuid.uuid4())}  # type: ignore[attr-defined]

    @property
    def vendors(self) -> list[tuple[Vendor, forms.BoundField, forms.BoundField]]:
        """Each vendor with the fields for its delivery and for a note."""
        return [(vendor, self[f"delivery-{vendor.slug}"], self[f"note-{vendor.slug}"]) for vendor in self.methods]

    @property
    def address_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in AUTOCOMPLETE]

    def _address(self, said: Mapping[str, Any]) -> dict[str, str] | None:
        chosen = said.get("address") or NEW
        if chosen in self.addresses:
            return addressing.as_kept(self.addresses[chosen])
        written = {name: said.get(name) or "" for name in addressing.FIELDS}
        return written if any(value for name, value in written.items() if name != "country") else None


def _in_a_line(row: Address) -> str:
    parts = [row.region, row.city, row.line1, row.line2]
    return f"{row.name} · {' '.join(part for part in parts if part)} ({row.postcode}) · {row.phone}"


def _method(one: Offered) -> str:
    words = [one.name, money.formatted(one.fee) if one.fee else _("free")]
    if one.free_from and one.fee:
        words.append(_("free from %(amount)s") % {"amount": money.formatted(one.free_from)})
    words.append(one.place or _("%(least)s–%(most)s days") % {"least": one.days_least, "most": one.days_most})
    return " · ".join(words)
