"""Counters that lists show are columns, changed with F() by the act. Each is registered here with the query that
recomputes it, so that `manage.py recount --check` can report any difference and `recount` can mend it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db.models import Expression, F, IntegerField, QuerySet
from django.db.models.functions import Coalesce


@dataclass(frozen=True)
class Counter:
    """Column `field` of `model` ("app_label.Model") should equal `truth`, an expression over that model's rows."""

    model: str
    field: str
    truth: Any

    def wrong(self) -> QuerySet[Any]:
        """The rows whose column differs, annotated with `true_count`."""
        manager: Any = apps.get_model(self.model)._base_manager
        truth: Expression = Coalesce(self.truth, 0, output_field=IntegerField())
        return manager.annotate(true_count=truth).exclude(**{self.field: F("true_count")})

    def mend(self) -> int:
        """Write the true counts; gives the number of rows mended."""
        rows = list(self.wrong().values_list("pk", "true_count"))
        manager: Any = apps.get_model(self.model)._base_manager
        for pk, count in rows:
            manager.filter(pk=pk).update(**{self.field: count})
        return len(rows)


_counters: list[Counter] = []


def register(model: str, field: str, truth: Any) -> None:
    """Make a counter known; called in `AppConfig.ready`."""
    counter = Counter(model, field, truth)
    if not any((known.model, known.field) == (model, field) for known in _counters):
        _counters.append(counter)


def all_counters() -> Iterator[Counter]:
    return iter(_counters)
