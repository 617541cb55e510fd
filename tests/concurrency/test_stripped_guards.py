"""Each guard is needed: without it, some test fails (item 2.04 e). The guards stand in tests/<wing>/<app>/guards.py."""

import pytest
from django.apps import apps

from tests.concurrency.stripping import ROOT, Guard, guards, run_without

GUARDS = guards()


def test_guards_are_listed_and_named_once():
    names = [guard.name for guard in GUARDS]
    assert {name.partition(".")[0] for name in names} >= {"ledger", "points"}
    assert len(names) == len(set(names))


@pytest.mark.parametrize("guard", GUARDS, ids=lambda guard: guard.name)
def test_each_guard_stands_where_its_list_says(guard: Guard):
    assert bool(guard.file) != bool(guard.sql)
    if guard.file:
        text = (ROOT / guard.file).read_text(encoding="utf-8")
        assert text.count(guard.strip) == 1
        compile(text.replace(guard.strip, guard.put), guard.file, "exec")
    for test in guard.tests:
        path, _colons, name = test.partition("::")
        assert f"def {name.partition('[')[0]}(" in (ROOT / path).read_text(encoding="utf-8") if name else (ROOT / path)


@pytest.mark.parametrize("app", ["commerce_ledger", "commerce_points"])
def test_every_constraint_of_these_apps_is_stripped(app: str):
    statements = "\n".join(statement for guard in GUARDS for statement in guard.sql)
    named = [
        constraint.name for model in apps.get_app_config(app).get_models() for constraint in model._meta.constraints
    ]
    assert [name for name in named if name not in statements] == []


@pytest.mark.prove
@pytest.mark.timeout(300)
@pytest.mark.parametrize("guard", GUARDS, ids=lambda guard: guard.name)
def test_without_it_some_test_fails(guard: Guard):
    verdict = run_without(guard)
    assert verdict.failed, f"nothing noticed that {guard.name} was gone:\n{verdict.output}"
    if guard.every:
        assert verdict.passed == 0, f"some test does not need {guard.name}:\n{verdict.output}"
