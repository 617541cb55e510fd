"""The form that a schema becomes, for those who specify."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.html import escape, format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from commerce import money
from commerce.specifications.checking import Checked, examine
from commerce.specifications.kinds import CHOICE, MEASURE, TEXT, pictures_of
from commerce.specifications.models import NAME_LENGTH, Schema
from commerce.specifications.showing import label_of
from community.uploads.models import Upload

SHOWN_AT_ONCE = 6
PICTURES_OFFERED = 24


class SpecificationForm(forms.Form):
    """One input a field of the schema. What was entered is judged by `examine` alone, as everywhere else.

    After `is_valid()`, `checked` holds what fits and its price, also when something else does not.
    """

    use_required_attribute = False

    def __init__(self, *args: Any, schema: Schema, by: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "prefix": "spec"})
        self.schema, self.by = schema, by
        self.checked = Checked({}, 0, schema.lead_days)
        for row in schema.fields:
            self.fields[row["key"]] = _input(row, by)

    def clean(self) -> dict[str, Any]:
        given = {name: self.data.get(self.add_prefix(name), "") for name in self.fields}
        self.checked, errors = examine(self.schema, given, owns=pictures_of(self.by))
        for key, fault in errors.items():
            if key in self.fields and key not in self.errors:
                self.add_error(key, forms.ValidationError(str(fault.detail), code=fault.code))
        return self.checked.values


class NameForm(forms.Form):
    """What a member calls a specification."""

    name = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=NAME_LENGTH,
        required=False,
        help_text=gettext_lazy("For yourself, to tell it from others: “for the window”, “as a gift”."),
    )


def _input(row: Mapping[str, Any], by: Any) -> forms.Field:
    common: dict[str, Any] = {"label": label_of(row), "required": row["required"]}
    hint = label_of(row, "hint")
    if row["kind"] == CHOICE:
        few = len(row["choices"]) <= SHOWN_AT_ONCE
        choices = [(choice["value"], _with_price(label_of(choice), choice["price"])) for choice in row["choices"]]
        empty = [] if few and row["required"] else [("", _("Without") if not row["required"] else _("Choose"))]
        widget = forms.RadioSelect if few else forms.Select
        return forms.ChoiceField(choices=[*empty, *choices], widget=widget, help_text=escape(hint), **common)
    if row["kind"] == MEASURE:
        common["label"] += f" ({row['unit']})" if row["unit"] else ""
        return forms.CharField(max_length=16, widget=_number(row), help_text=escape(_measure_help(row, hint)), **common)
    if row["kind"] == TEXT:
        help_text = _joined(hint, _added(row["price"]))
        area = forms.Textarea(attrs={"rows": 3}) if row["longest"] > 100 else None
        return forms.CharField(max_length=row["longest"], widget=area, help_text=escape(help_text), **common)
    pictures = [("", _("None")), *_pictures(by)] if getattr(by, "is_authenticated", False) else [("", _("None"))]
    link = format_html('<a href="{}">{}</a>', reverse("community_uploads:mine"), _("Send a picture"))
    help_text = format_html("{} {}", _joined(hint, _added(row["price"])), link)
    return forms.ChoiceField(choices=pictures, widget=forms.RadioSelect, help_text=help_text, **common)


def _number(row: Mapping[str, Any]) -> forms.Widget:
    return forms.NumberInput(
        attrs={"min": row["least"], "max": row["most"], "step": row["step"], "inputmode": "decimal"}
    )


def _measure_help(row: Mapping[str, Any], hint: str) -> str:
    bounds = {name: row[name] for name in ("least", "most", "unit", "step")}
    per_unit = ""
    if row["price_per_unit"]:
        price = {"price": money.formatted(row["price_per_unit"]), "unit": row["unit"] or _("unit")}
        per_unit = _("%(price)s per %(unit)s.") % price
    return _joined(hint, _("From %(least)s to %(most)s %(unit)s, in steps of %(step)s.") % bounds, per_unit)


def _pictures(by: Any) -> list[tuple[str, str]]:
    rows = Upload.objects.pictures().filter(owner=by).order_by("-pk")[:PICTURES_OFFERED]
    image = '<img src="{}" alt="{}" width="72" height="72" loading="lazy">'
    return [
        (str(one.pk), format_html(image, one.thumbnail_url(160), one.alt or one.name or _("Picture"))) for one in rows
    ]


def _with_price(label: str, price: int) -> str:
    return f"{label} (+{money.formatted(price)})" if price else label


def _added(price: int) -> str:
    return _("Adds %(price)s.") % {"price": money.formatted(price)} if price else ""


def _joined(*sentences: str) -> str:
    return " ".join(sentence for sentence in sentences if sentence)
