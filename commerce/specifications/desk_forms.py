"""The forms by which a vendor says what can be specified: terms, and one form a field."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.widgets import (
    UnfoldAdminIntegerFieldWidget,
    UnfoldAdminTextareaWidget,
    UnfoldAdminTextInputWidget,
    UnfoldBooleanWidget,
)

from commerce import money
from commerce.specifications.defining import LONGEST_HINT, LONGEST_LABEL, LONGEST_UNIT, MOST_FIELDS
from commerce.specifications.errors import SchemaInvalid
from commerce.specifications.kinds import CHOICE, MEASURE, TEXT, UPLOAD

KINDS = (
    (CHOICE, gettext_lazy("Choice: one of a list")),
    (MEASURE, gettext_lazy("Measure: a number between two others")),
    (TEXT, gettext_lazy("Text: a name, a greeting, a wish")),
    (UPLOAD, gettext_lazy("Picture: one that the member sends")),
)
NUMBERS = ("least", "most", "step")
COMMON = ("label", "label_ko", "hint", "hint_ko")
OWN = {
    CHOICE: ("choices",),
    MEASURE: ("least", "most", "step", "unit", "price_per_unit"),
    TEXT: ("longest", "price"),
    UPLOAD: ("price",),
}


class TermsForm(forms.Form):
    """How long it takes, and how many a day."""

    lead_days = forms.IntegerField(
        label=gettext_lazy("Days to make one"),
        initial=7,
        min_value=0,
        max_value=365,
        widget=UnfoldAdminIntegerFieldWidget,
        help_text=gettext_lazy(
            "From the day on which you begin it. Members are promised the day on which it is ready."
        ),
    )
    daily_capacity = forms.IntegerField(
        label=gettext_lazy("How many you can begin on a day"),
        initial=10,
        min_value=1,
        max_value=100_000,
        widget=UnfoldAdminIntegerFieldWidget,
        help_text=gettext_lazy(
            "When a day is full, the next free one is promised. Holidays are set under “Days of making”."
        ),
    )


def _text(label: Any, longest: int, help_text: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label, max_length=longest, required=False, help_text=help_text, widget=UnfoldAdminTextInputWidget
    )


class FieldForm(forms.Form):
    """One field. Only the inputs of its kind are shown."""

    key = forms.CharField(max_length=30, required=False, widget=forms.HiddenInput)
    kind = forms.ChoiceField(choices=KINDS, required=False, widget=forms.HiddenInput)
    label = _text(
        gettext_lazy("What members read"), LONGEST_LABEL, gettext_lazy("For example: Width, Wood, Engraving.")
    )
    label_ko = _text(gettext_lazy("The same in Korean"), LONGEST_LABEL)
    hint = _text(gettext_lazy("Hint"), LONGEST_HINT, gettext_lazy("How to measure, what is possible."))
    hint_ko = _text(gettext_lazy("The hint in Korean"), LONGEST_HINT)
    required = forms.BooleanField(
        label=gettext_lazy("Needed to make it"), required=False, initial=True, widget=UnfoldBooleanWidget
    )
    choices = forms.CharField(
        label=gettext_lazy("Choices"),
        required=False,
        max_length=10_000,
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 4}),
        help_text=gettext_lazy(
            "One a line, as “Walnut | 호두나무 | 30000”. The Korean word and the price may be left out."
        ),
    )
    least = _text(gettext_lazy("Smallest"), 16, gettext_lazy("What can be made at least."))
    most = _text(gettext_lazy("Largest"), 16, gettext_lazy("What can be made at most."))
    step = _text(gettext_lazy("Steps of"), 16, gettext_lazy("1, or 0.5 for halves."))
    unit = _text(gettext_lazy("Unit"), LONGEST_UNIT, gettext_lazy("cm, kg, pieces."))
    price_per_unit = _text(gettext_lazy("Price per unit"), 20, gettext_lazy("Added for each unit."))
    longest = forms.IntegerField(
        label=gettext_lazy("Most letters"),
        required=False,
        min_value=1,
        max_value=2_000,
        widget=UnfoldAdminIntegerFieldWidget,
        help_text=gettext_lazy("40 if left empty."),
    )
    price = _text(gettext_lazy("Price"), 20, gettext_lazy("Added when one is given."))

    @property
    def named_kind(self) -> Any:
        """What kind it is, in words."""
        return dict(KINDS).get(self["kind"].value() or "", "")

    @property
    def shown(self) -> list[forms.BoundField]:
        """The inputs of this kind of field, then those of its place among the others."""
        names = [*COMMON, *OWN.get(self["kind"].value() or "", ()), "required", "ORDER", "DELETE"]
        return [self[name] for name in names if name in self.fields]

    def row(self) -> dict[str, Any] | None:
        """The field as `define` takes it; None for an empty form. Adds errors where a price is none."""
        data = self.cleaned_data
        kind = data.get("kind")
        if not kind:
            return None
        row = {name: data.get(name) or "" for name in ("key", "label", "label_ko", "hint", "hint_ko")}
        row |= {"kind": kind, "required": bool(data.get("required"))}
        if kind == CHOICE:
            row["choices"] = self._choices(data.get("choices", ""))
        elif kind == MEASURE:
            row |= {name: data[name] for name in NUMBERS if data.get(name)}
            row |= {"unit": data.get("unit", ""), "price_per_unit": self._price("price_per_unit", data)}
        else:
            row["price"] = self._price("price", data)
            if kind == TEXT and data.get("longest"):
                row["longest"] = data["longest"]
        return row

    def _price(self, name: str, data: Mapping[str, Any]) -> int:
        return self._parsed(name, data.get(name) or "0")

    def _parsed(self, name: str, text: str) -> int:
        try:
            return money.parse(text.replace(",", ""))
        except money.NoAmount as error:
            self.add_error(name, str(error.detail))
            return 0

    def _choices(self, text: str) -> list[dict[str, Any]]:
        found = []
        for line in text.splitlines():
            parts = [part.strip() for part in line.split("|")]
            if len(parts) > 3:
                self.add_error(
                    "choices", _("A line has a word, a Korean word and a price, and no more: %s") % line[:60]
                )
            if any(parts):
                label, korean, price = (*parts, "", "")[:3]
                found.append({"label": label, "label_ko": korean, "price": self._parsed("choices", price or "0")})
        return found


class Fields(forms.BaseFormSet):
    """All fields, in the order of their numbers."""

    def rows(self) -> list[tuple[FieldForm, dict[str, Any]]]:
        """The forms that hold a field, with what they hold."""
        pairs = [(form, form.row()) for form in self.ordered_forms]
        return [(form, row) for form, row in pairs if row is not None]

    def show(self, invalid: SchemaInvalid, terms: forms.Form) -> None:
        """Put each fault beside the input it is about."""
        shown = [form for form, _row in self.rows()]
        for place, fault in invalid.errors.items():
            number, _dot, name = place.partition(".")
            if number.isdigit() and int(number) < len(shown):
                form = shown[int(number)]
                field = name.partition(".")[0]
                form.add_error(field if field in form.fields else None, str(fault.detail))
            else:
                terms.add_error(place if place in terms.fields else None, str(fault.detail))


FieldsFormSet = forms.formset_factory(
    FieldForm,
    formset=Fields,
    extra=0,
    max_num=MOST_FIELDS,
    absolute_max=MOST_FIELDS + 1,
    can_order=True,
    can_delete=True,
)


def with_one_more(data: QueryDict, kind: str) -> QueryDict:
    """What was entered, and an empty field of a kind below it; nothing is saved."""
    more = data.copy()
    number = data.get("fields-TOTAL_FORMS", "0")
    count = min(int(number), MOST_FIELDS) if number.isascii() and number.isdigit() and len(number) < 4 else 0
    more["fields-TOTAL_FORMS"] = str(min(count + 1, MOST_FIELDS))
    if kind in OWN and count < MOST_FIELDS:
        more[f"fields-{count}-kind"], more[f"fields-{count}-required"] = kind, "on"
        more[f"fields-{count}-ORDER"] = str(count + 1)
    return more


def initial_of(row: Mapping[str, Any]) -> dict[str, Any]:
    """A kept field as its form shows it."""
    found = dict(row)
    for name in ("price", "price_per_unit"):
        if name in found:
            found[name] = money.to_text(found[name])
    if "choices" in found:
        found["choices"] = "\n".join(_line(choice) for choice in found["choices"])
    return found


def _line(choice: Mapping[str, Any]) -> str:
    return f"{choice['label']} | {choice['label_ko']} | {money.to_text(choice['price'])}"
