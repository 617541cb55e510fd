from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from community.foundation.problems import Conflict, Invalid, Refused, Sentence


@dataclass(frozen=True)
class Fault:
    """What is wrong with one value: a fixed code and a sentence that says what to do."""

    code: str
    detail: Sentence


class SpecificationInvalid(Invalid):
    """Values do not fit the schema; `errors` has a Fault for each key that is wrong, unknown keys too."""

    code = "invalid_specification"
    detail = _("Something in the specification does not fit. Look at the marked fields.")

    def __init__(self, errors: Mapping[str, Fault]) -> None:
        self.errors = dict(errors)
        super().__init__(field="values")


class SchemaInvalid(Invalid):
    """The fields of a schema cannot be; `errors` has a Fault by place: "2.label", "2.choices"."""

    code = "invalid_schema"
    detail = _("Something in the fields does not fit. Look at the marked places.")

    def __init__(self, errors: Mapping[str, Fault]) -> None:
        self.errors = dict(errors)
        super().__init__(field="fields")


class NotMadeToOrder(Conflict):
    """The product has no schema, or is a file that nobody can make anew."""

    code = "not_made_to_order"
    detail = _("This is not made to order, so there is nothing to specify.")


class TooManyKept(Conflict):
    """A member named more specifications of one product than anyone keeps."""

    code = "too_many_specifications"
    detail = _("You keep as many specifications of this as there is room for. Delete one first.")


class NotYourProduct(Refused):
    """Who asks may not say how this product is specified."""

    code = "not_your_vendor"
    detail = _("Only the vendor's owners and managers say what can be specified.")
