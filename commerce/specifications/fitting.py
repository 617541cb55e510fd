"""Carry what was once specified to the schema in force, and say what does not fit any more."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from commerce.specifications.checking import Checked, examine
from commerce.specifications.kinds import Owns
from commerce.specifications.models import Schema, Specification
from commerce.specifications.reading import current_schemas
from commerce.specifications.showing import label_of
from community.uploads.models import Upload


@dataclass(frozen=True)
class Fitted:
    """A kept specification under the schema in force (None: it is made to order no more).

    `checked` holds what still fits; `lost` are the labels of what does not, `missing` of what must be added.
    """

    kept: Specification
    schema: Schema | None
    checked: Checked
    lost: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)

    @property
    def key(self) -> str:
        return str(self.kept.pk)

    @property
    def fits(self) -> bool:
        """Whether it can be used as it is."""
        return self.schema is not None and not self.lost and not self.missing


def fit(kept: Specification, schema: Schema | None, *, owns: Owns) -> Fitted:
    """One kept specification, held to `schema`."""
    if schema is None:
        return Fitted(kept, None, Checked({}, 0, 0), lost=[label_of(row) for row in kept.schema.fields])
    checked, errors = examine(schema, kept.values, owns=owns)
    old, new = _labels(kept.schema), _labels(schema)
    lost = [old.get(key) or new.get(key) or key for key in kept.values if key in errors]
    missing = [new[key] for key in errors if key not in kept.values]
    return Fitted(kept, schema, checked, lost, missing)


def fit_all(kept: Sequence[Specification], *, by: Any) -> list[Fitted]:
    """Each under the schema in force of its product. Schemas and pictures are read at once, however many rows."""
    schemas = current_schemas(row.product_id for row in kept)
    named = {value for row in kept for value in row.values.values() if isinstance(value, str) and _is_key(value)}
    own = set(Upload.objects.pictures().filter(owner=by, pk__in=named).values_list("pk", flat=True))
    return [fit(row, schemas.get(row.product_id), owns=own.__contains__) for row in kept]


def _is_key(value: str) -> bool:
    try:
        return bool(uuid.UUID(value))
    except ValueError:
        return False


def _labels(schema: Schema) -> dict[str, str]:
    return {row["key"]: label_of(row) for row in schema.fields}
