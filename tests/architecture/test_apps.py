"""A feature has one name everywhere, and keys point only down."""

from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
WINGS = ("community", "commerce", "recommendations")
FOUNDATION = {
    "access", "addresses", "analyser", "characters", "clock", "counters", "csp", "exports", "forms", "fragments", "guest_cache", "ids", "images", "limits",
    "markdown", "members_first", "near", "operating", "paging", "prepared", "problems", "rest", "rest_schema", "targets",
}  # fmt: skip
FOUNDATION_ROOMS = {"__init__", "apps", "urls", "views", "legal"}
FORBIDDEN = {"utils", "helpers", "common", "core"}


def order() -> dict[str, int]:
    """Label → place; a key or an import may only point to a lower place."""
    return {name.replace(".", "_"): place for place, name in enumerate(settings.WING_APPS)}


def wing_models():
    return [model for model in apps.get_models() if model._meta.app_label in order()]


@pytest.mark.parametrize("name", settings.WING_APPS)
def test_folder_label_and_config_have_the_name_of_the_feature(name: str) -> None:
    config = next(config for config in apps.get_app_configs() if config.name == name)
    assert config.label == name.replace(".", "_")
    assert (config.__doc__ or "").strip()


def test_foreign_keys_point_only_down() -> None:
    place = order()
    upward = []
    for model in wing_models():
        for field in model._meta.get_fields():
            if not field.is_relation or field.auto_created or field.related_model is None:
                continue
            target = field.related_model._meta.app_label
            if target in place and place[target] > place[model._meta.app_label]:
                upward.append(f"{model._meta.label}.{field.name} → {field.related_model._meta.label}")
    assert upward == []


def test_every_wing_model_has_a_name_that_people_read() -> None:
    nameless = [m._meta.label for m in wing_models() if not m._meta.verbose_name or "__str__" not in dir(m)]
    assert nameless == []


def test_no_generic_foreign_keys() -> None:
    generic = [model._meta.label for model in wing_models() if model._meta.private_fields]
    assert generic == []


def test_foundation_holds_only_the_leaf_modules_that_are_listed() -> None:
    folder = ROOT / "community" / "foundation"
    found = {path.stem for path in folder.glob("*.py")}
    assert found - FOUNDATION - FOUNDATION_ROOMS == set()


def test_nothing_is_called_utils() -> None:
    vague = [
        path
        for wing in WINGS
        for path in (ROOT / wing).rglob("*")
        if path.stem in FORBIDDEN and path.suffix in {"", ".py"}
    ]
    assert vague == []


def test_every_test_folder_is_a_package() -> None:
    bare = [
        p
        for p in (ROOT / "tests").rglob("*")
        if p.is_dir() and p.name != "__pycache__" and not (p / "__init__.py").exists()
    ]
    assert [path for path in bare if any(path.glob("*.py"))] == []


def test_constraints_are_named_by_what_they_state() -> None:
    unnamed = [
        f"{model._meta.label}: {constraint.name}"
        for model in wing_models()
        for constraint in model._meta.constraints
        if not constraint.name or constraint.name.endswith(("_constraint", "_check"))
    ]
    assert unnamed == []
