"""What somebody asks the price of: a line as it would be bought now."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from commerce.catalog.models import ProductKind, Variant
from commerce.specifications.models import Schema


@dataclass(frozen=True)
class Hindrance:
    """Why a line cannot be bought as it stands: a fixed code, and a sentence that says what to do. `left` is how many
    pieces this line could have, where only the number stands in the way."""

    code: str
    sentence: str
    left: int | None = None


@dataclass(frozen=True)
class Asked:
    """So many of a variant (its product, vendor and category loaded), made as `specification` says under `schema`.

    `unit_price` is the price of one now, `seen_price` the one that the buyer was last shown, both in smallest units.
    """

    key: UUID
    variant: Variant
    quantity: int
    unit_price: int
    specification: Mapping[str, Any] = field(default_factory=dict)
    schema: Schema | None = None
    label: str = ""
    seen_price: int = 0
    lead_days: int = 0
    hindrance: Hindrance | None = None

    @property
    def amount(self) -> int:
        return self.unit_price * self.quantity

    @property
    def delivered(self) -> bool:
        """Whether something is carried to the buyer; files are not."""
        return self.variant.product.kind != ProductKind.DIGITAL
