"""The kinds of fields: how each checks a value, and what the value costs. Prices are smallest units.

A checker gives the value as it is kept and its price, or raises Wrong. Values come from forms and from REST: whatever
JSON can hold, or strings.
"""

import re
import uuid
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from commerce.money import half_up
from commerce.specifications.errors import Fault, Sentence
from community.foundation.characters import tidy
from community.uploads.models import Upload

CHOICE, MEASURE, TEXT, UPLOAD = "choice", "measure", "text", "upload"
FieldRow = Mapping[str, Any]
Checked = tuple[Any, int]
Owns = Callable[[uuid.UUID], bool]
"""Whether the one who specifies sent this picture."""
LONGEST_NUMBER = 20
_NUMBER = re.compile(r"\d{1,9}(\.\d{1,4})?", re.ASCII)


class Wrong(Exception):
    """A value does not fit its field."""

    def __init__(self, code: str, detail: Sentence) -> None:
        self.fault = Fault(code, detail)
        super().__init__(code)


def check_choice(field: FieldRow, value: Any, owns: Owns) -> Checked:
    for choice in field["choices"]:
        if isinstance(value, str) and value == choice["value"]:
            return value, choice["price"]
    raise Wrong("invalid_choice", _("Choose one of what is offered."))


def check_measure(field: FieldRow, value: Any, owns: Owns) -> Checked:
    number, least, most = number_of(value), Decimal(field["least"]), Decimal(field["most"])
    if number is None:
        raise Wrong("not_a_number", _("Enter a number, with digits only."))
    if not least <= number <= most:
        bounds = {"least": field["least"], "most": field["most"], "unit": field["unit"]}
        raise Wrong("out_of_range", _("Enter a number from %(least)s to %(most)s %(unit)s.") % bounds)
    if (number - least) % Decimal(field["step"]):
        raise Wrong(
            "not_a_step", _("Enter %(least)s and steps of %(step)s.") % {"least": field["least"], "step": field["step"]}
        )
    return plain(number), price_of_measure(number, field["price_per_unit"])


def check_text(field: FieldRow, value: Any, owns: Owns) -> Checked:
    if not isinstance(value, str):
        raise Wrong("not_a_text", _("Enter a text."))
    text = tidy(value[: 4 * field["longest"]]).strip()
    if len(value) > 4 * field["longest"] or len(text) > field["longest"]:
        raise Wrong("too_long", _("Enter at most %(longest)s letters.") % {"longest": field["longest"]})
    if not text:
        raise Wrong("required", _("Enter a text."))
    return text, field["price"]


def check_upload(field: FieldRow, value: Any, owns: Owns) -> Checked:
    """A picture of one's own: anyone else's does not exist, whether or not it may be seen."""
    try:
        key = uuid.UUID(value if isinstance(value, str) else "")
    except ValueError:
        key = None
    if key is None or not owns(key):
        raise Wrong("invalid_upload", _("Send a picture of your own first, then choose it here."))
    return str(key), field["price"]


CHECKERS: dict[str, Callable[[FieldRow, Any, Owns], Checked]] = {
    CHOICE: check_choice,
    MEASURE: check_measure,
    TEXT: check_text,
    UPLOAD: check_upload,
}


def pictures_of(member: Any) -> Owns:
    """Asks the database for each picture; guests own none."""
    if not getattr(member, "is_authenticated", False):
        return lambda key: False
    return lambda key: Upload.objects.pictures().filter(owner=member, pk=key).exists()


def is_empty(value: Any) -> bool:
    """Whether nothing was given."""
    return value is None or (isinstance(value, str) and not value.strip())


def number_of(value: Any) -> Decimal | None:
    """The number that a string of digits or a JSON number is; None for anything else, signs and exponents too."""
    if isinstance(value, bool) or not isinstance(value, str | int | float | Decimal):
        return None
    if isinstance(value, int) and abs(value) >= 10**LONGEST_NUMBER:
        return None
    text = str(value).strip()
    return Decimal(text) if _NUMBER.fullmatch(text) else None


def plain(number: Decimal) -> str:
    """A number as it is kept: "12.5", without trailing zeros or an exponent."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def price_of_measure(number: Decimal, price_per_unit: int) -> int:
    """Rounded once, half up (rule 2.0): 12.5 at 333 are 4163."""
    numerator, denominator = number.as_integer_ratio()
    return half_up(numerator * price_per_unit, denominator)
