"""Say what can be specified of a product. Each change is a new version: what was ordered keeps the one it was made by."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from commerce import money
from commerce.catalog import summaries
from commerce.catalog.locks import product_for_change
from commerce.catalog.models import Product, ProductKind
from commerce.specifications.errors import Fault, NotMadeToOrder, SchemaInvalid
from commerce.specifications.kinds import CHECKERS, CHOICE, MEASURE, TEXT, number_of, plain
from commerce.specifications.models import Schema
from community.foundation.characters import tidy
from community.outbox.events import publish

MOST_FIELDS, MOST_CHOICES = 20, 50
LONGEST_LABEL, LONGEST_HINT, LONGEST_TEXT, LONGEST_UNIT = 60, 200, 2_000, 12
MOST_DAYS, MOST_A_DAY = 365, 100_000
_KEY = "abcdefghijklmnopqrstuvwxyz0123456789_"
_COMMON = {"key", "kind", "label", "label_ko", "hint", "hint_ko", "required"}
_OWN = {
    CHOICE: {"choices"},
    MEASURE: {"least", "most", "step", "unit", "price_per_unit"},
    TEXT: {"longest", "price"},
    "upload": {"price"},
}


@transaction.atomic
def define(
    *, by: Any, product: Product, fields: Sequence[Mapping[str, Any]], lead_days: int = 7, daily_capacity: int = 10
) -> Schema:
    """Make a new version of the schema; the same again makes none. The product is made to order from here on.

    Prices are smallest units. Raises SchemaInvalid, NotThere, NotYourProduct, ProductRemoved, and NotMadeToOrder for
    digital products.
    """
    checked = check_definition(fields, lead_days=lead_days, daily_capacity=daily_capacity)
    row = product_for_change(by=by, product_id=product.pk)
    if row.kind == ProductKind.DIGITAL:
        raise NotMadeToOrder
    last = Schema.objects.filter(product=row).order_by("-version").first()
    if last is not None and (last.fields, last.lead_days, last.daily_capacity) == (checked, lead_days, daily_capacity):
        return last
    number = Schema.objects.filter(product=row).aggregate(last=Max("version"))["last"] or 0
    schema = Schema.objects.create(
        product=row, version=number + 1, fields=checked, lead_days=lead_days, daily_capacity=daily_capacity
    )
    if row.kind != ProductKind.MADE_TO_ORDER:
        Product.objects.filter(pk=row.pk).update(kind=ProductKind.MADE_TO_ORDER)
        product.kind = ProductKind.MADE_TO_ORDER
        summaries.refresh([row.pk])
    publish(topic="schema.defined", key=str(row.pk), payload={"product": str(row.pk), "schema": str(schema.pk)})
    return schema


def check_definition(fields: Any, *, lead_days: int, daily_capacity: int) -> list[dict[str, Any]]:
    """The fields as they are kept. Raises SchemaInvalid with a Fault by place."""
    errors: dict[str, Fault] = {}
    if type(lead_days) is not int or not 0 <= lead_days <= MOST_DAYS:
        errors["lead_days"] = Fault("out_of_range", _("Enter 0 to 365 days."))
    if type(daily_capacity) is not int or not 1 <= daily_capacity <= MOST_A_DAY:
        errors["daily_capacity"] = Fault("out_of_range", _("Enter how many you can begin on a day, at least 1."))
    if not isinstance(fields, list | tuple) or len(fields) > MOST_FIELDS:
        errors["fields"] = Fault("too_many", _("Give a list of at most 20 fields."))
        fields = []
    kept = [_field(str(number), row, errors) for number, row in enumerate(fields)]
    keys = [row["key"] for row in kept]
    for number, key in enumerate(keys):
        if key in keys[:number]:
            errors[f"{number}.key"] = Fault("duplicate", _("Two fields have this key. Give each its own."))
    if errors:
        raise SchemaInvalid(errors)
    return kept


def _field(place: str, row: Any, errors: dict[str, Fault]) -> dict[str, Any]:
    if not isinstance(row, Mapping) or str(row.get("kind")) not in CHECKERS:
        errors[f"{place}.kind"] = Fault("invalid_choice", _("Choose what kind of field it is."))
        return {"key": place}
    kind = str(row["kind"])
    read = _Reader(place, row, errors)
    read.refuse_others(_COMMON | _OWN[kind])
    kept = {
        "key": read.key(),
        "kind": kind,
        "label": read.text("label", LONGEST_LABEL, required=True),
        "label_ko": read.text("label_ko", LONGEST_LABEL),
        "hint": read.text("hint", LONGEST_HINT),
        "hint_ko": read.text("hint_ko", LONGEST_HINT),
        "required": row.get("required", True) is True,
    }
    if kind == CHOICE:
        kept["choices"] = _choices(read)
    elif kind == MEASURE:
        kept |= _measure(read)
    else:
        if kind == TEXT:
            kept["longest"] = read.whole("longest", 1, LONGEST_TEXT, 40)
        kept["price"] = read.whole("price", 0, money.MOST, 0)
    return kept


def _choices(read: "_Reader") -> list[dict[str, Any]]:
    given = read.row.get("choices")
    if not isinstance(given, list | tuple) or not 1 <= len(given) <= MOST_CHOICES:
        read.wrong("choices", "required", _("Offer at least one choice, and at most 50."))
        return []
    kept: list[dict[str, Any]] = []
    for number, one in enumerate(given):
        inner = _Reader(f"{read.place}.choices.{number}", one if isinstance(one, Mapping) else {}, read.errors)
        inner.refuse_others({"value", "label", "label_ko", "price"})
        label = inner.text("label", LONGEST_LABEL, required=True)
        choice = {
            "value": inner.text("value", LONGEST_LABEL) or label,
            "label": label,
            "label_ko": inner.text("label_ko", LONGEST_LABEL),
            "price": inner.whole("price", 0, money.MOST, 0),
        }
        if choice["value"] in [former["value"] for former in kept]:
            inner.wrong("value", "duplicate", _("This is offered twice."))
        kept.append(choice)
    return kept


def _measure(read: "_Reader") -> dict[str, Any]:
    least, most = read.number("least", "0"), read.number("most", "")
    step = read.number("step", "1")
    if most < least:
        read.wrong("most", "out_of_range", _("The most is at least the least."))
    if step <= 0:
        read.wrong("step", "out_of_range", _("A step is more than nothing."))
    return {
        "least": plain(least),
        "most": plain(most),
        "step": plain(step),
        "unit": read.text("unit", LONGEST_UNIT),
        "price_per_unit": read.whole("price_per_unit", 0, money.MOST // 10**6, 0),
    }


class _Reader:
    """Reads one row and notes every fault at its place."""

    def __init__(self, place: str, row: Mapping[str, Any], errors: dict[str, Fault]) -> None:
        self.place, self.row, self.errors = place, row, errors

    def wrong(self, name: str, code: str, detail: str) -> None:
        self.errors.setdefault(f"{self.place}.{name}", Fault(code, detail))

    def refuse_others(self, known: set[str]) -> None:
        for name in list(self.row)[:50]:
            if name not in known:
                self.wrong(str(name)[:60], "unknown_field", _("There is no such property of a field."))

    def text(self, name: str, longest: int, *, required: bool = False) -> str:
        value = self.row.get(name) or ""
        if not isinstance(value, str) or len(value) > longest:
            self.wrong(name, "too_long", _("Enter a text of at most %(longest)s letters.") % {"longest": longest})
            return ""
        text = " ".join(tidy(value).split())
        if required and not text:
            self.wrong(name, "required", _("Say what members read here."))
        return text

    def key(self) -> str:
        value = self.row.get("key") or f"field_{int(self.place) + 1}"
        if not isinstance(value, str) or not 1 <= len(value) <= 30 or set(value) - set(_KEY):
            self.wrong("key", "invalid_key", _("A key is up to 30 small letters, digits and underscores."))
            return self.place
        return value

    def whole(self, name: str, least: int, most: int, default: int) -> int:
        value = self.row.get(name, default)
        if type(value) is not int or not least <= value <= most:
            bounds = {"least": least, "most": most}
            self.wrong(name, "out_of_range", _("Enter a whole number from %(least)s to %(most)s.") % bounds)
            return default
        return value

    def number(self, name: str, default: str) -> Decimal:
        value = number_of(self.row.get(name, default))
        if value is None:
            self.wrong(name, "not_a_number", _("Enter a number, with digits only."))
            return Decimal(1)
        return value
