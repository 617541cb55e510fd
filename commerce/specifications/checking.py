"""Hold values to a schema and say what they cost. The server's word is the only one: forms and REST both ask here."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from commerce.specifications.errors import Fault, SpecificationInvalid
from commerce.specifications.kinds import CHECKERS, Owns, Wrong, is_empty, pictures_of
from commerce.specifications.models import Schema


@dataclass(frozen=True)
class Checked:
    """Values as they are kept, what they add to the price of one piece (smallest units), and the days to make it.

    `parts` are the prices by key, of those values that cost something.
    """

    values: dict[str, Any]
    price: int
    days: int
    parts: dict[str, int] = field(default_factory=dict)


def check(schema: Schema, values: Any, *, by: Any = None) -> Checked:
    """The values, held to every field. `by` is whose pictures may be named; without it none may.

    Raises SpecificationInvalid with a Fault for each key that is wrong, missing or unknown.
    """
    found, errors = examine(schema, values, owns=pictures_of(by))
    if errors:
        raise SpecificationInvalid(errors)
    return found


def examine(schema: Schema, values: Any, *, owns: Owns) -> tuple[Checked, dict[str, Fault]]:
    """As `check`, but gives what fits beside what does not: for a form that shows a price while it is filled in."""
    errors: dict[str, Fault] = {}
    if not isinstance(values, Mapping):
        return Checked({}, 0, schema.lead_days), {"": Fault("not_an_object", _("Give the values by their keys."))}
    kept: dict[str, Any] = {}
    parts: dict[str, int] = {}
    for row in schema.fields:
        value = values.get(row["key"])
        if is_empty(value):
            if row["required"]:
                errors[row["key"]] = Fault("required", _("This is needed to make it."))
            continue
        try:
            kept[row["key"]], parts[row["key"]] = CHECKERS[row["kind"]](row, value, owns)
        except Wrong as wrong:
            errors[row["key"]] = wrong.fault
    known = {row["key"] for row in schema.fields}
    for key in list(values)[: len(known) + 20]:
        if key not in known:
            errors[str(key)[:100]] = Fault("unknown_field", _("This cannot be specified."))
    prices = {key: price for key, price in parts.items() if price}
    return Checked(kept, sum(prices.values()), schema.lead_days, prices), errors
