"""Reads the committed OpenAPI 3.0 document as JSON Schema, to hold requests and replies to it."""

from pathlib import Path
from typing import Any

import yaml
from django.conf import settings
from jsonschema import Draft202012Validator, FormatChecker

DOCUMENT: dict[str, Any] = yaml.safe_load(
    (Path(settings.BASE_DIR) / "docs" / "openapi.yaml").read_text(encoding="utf-8")
)
METHODS = ("get", "post", "put", "patch", "delete")


def operations() -> dict[str, tuple[str, str, dict[str, Any]]]:
    """operation id → (path, method, operation)."""
    return {
        operation["operationId"]: (path, method, operation)
        for path, item in DOCUMENT.get("paths", {}).items()
        for method, operation in item.items()
        if method in METHODS
    }


def as_json_schema(node: Any) -> Any:
    """OpenAPI 3.0's `nullable` as JSON Schema says it; objects hold no field that is not documented."""
    if isinstance(node, list):
        return [as_json_schema(item) for item in node]
    if not isinstance(node, dict):
        return node
    node = {key: as_json_schema(value) for key, value in node.items()}
    if node.get("type") == "object" and "properties" in node:
        node.setdefault("additionalProperties", False)
    if node.pop("nullable", False):
        if "enum" in node:
            node["enum"] = [*node["enum"], None]
        return {"anyOf": [node, {"type": "null"}]}
    return node


COMPONENTS = as_json_schema(DOCUMENT.get("components", {}).get("schemas", {}))


TIMES = FormatChecker(formats=())


@TIMES.checks("date-time")
def _is_utc(value: Any) -> bool:
    """As docs/guides/rest.md says of all times."""
    return not isinstance(value, str) or value.endswith(("Z", "+00:00"))


def faults(value: Any, schema: dict[str, Any]) -> list[str]:
    """What of `value` is not as documented."""
    whole = {**as_json_schema(schema), "components": {"schemas": COMPONENTS}}
    return [
        f"{'/'.join(map(str, error.path))}: {error.message}"
        for error in Draft202012Validator(whole, format_checker=TIMES).iter_errors(value)
    ]
