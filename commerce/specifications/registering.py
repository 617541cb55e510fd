"""What this app tells the registries of the lower ones."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from commerce.catalog import panels, registering
from commerce.catalog.models import Product, ProductKind
from commerce.specifications.asking import asked
from commerce.specifications.defining import define
from commerce.specifications.errors import SchemaInvalid
from commerce.specifications.reading import current_schemas
from commerce.specifications.serializers import SchemaShape, refusal, shown
from community.foundation import fragments
from community.members import sections


def register_all() -> None:
    registering.register_product_fields(
        registering.Extra("specification_schema", schema_field, read=schemas_of, write=write_schema)
    )
    panels.register(panels.Panel(name="specification", place="buy", order=10, build=panel))
    sections.register(
        sections.Section(
            "specifications",
            _("My specifications"),
            "commerce_specifications:mine",
            "pencil",
            40,
            _("Sizes and wishes for things made to order"),
        )
    )
    fragments.dress("css/commerce/specifications.css")


def schema_field() -> serializers.Field:
    return SchemaShape(required=False, allow_null=True)


def schemas_of(ids: Sequence[UUID], viewer: Any) -> dict[UUID, Any]:
    return {key: shown(schema) for key, schema in current_schemas(ids).items()}


def write_schema(*, by: Any, of: Product, value: Mapping[str, Any] | None) -> None:
    """None leaves it as it is. Raises ValidationError with one error a fault."""
    if value is None:
        return
    terms = {name: value[name] for name in ("lead_days", "daily_capacity") if name in value}
    try:
        define(by=by, product=of, fields=value["fields"], **terms)
    except SchemaInvalid as invalid:
        raise refusal(invalid.errors, "specification_schema.fields") from invalid


def panel(page: Any, request: HttpRequest) -> tuple[str, dict[str, Any]] | None:
    """The form on the product's page, filled in as the member did last time."""
    if page.product.kind != ProductKind.MADE_TO_ORDER:  # a schema makes it one
        return None
    found = asked(page.product, page.chosen, request.GET, request.user)
    return ("commerce/specifications/specify/_panel.html", {"asked": found}) if found else None
