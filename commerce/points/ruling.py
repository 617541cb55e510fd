"""Puts the first rule of each act in the database, once; after that it belongs to the operators."""

from typing import Any

from django.apps import apps
from django.db import connections

from commerce.points import acts


def write_missing(using: str = "default", **kwargs: Any) -> None:
    """After migrate: add the rule of each act that has none. Existing ones are left as operators set them."""
    rules = apps.get_model("commerce_points.EarningRule")
    if rules._meta.db_table not in connections[using].introspection.table_names():
        return
    rows = [rules(act=act.name, **act.rule()) for act in acts.all_acts().values()]
    rules.objects.using(using).bulk_create(rows, ignore_conflicts=True)
