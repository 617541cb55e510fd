"""Every page of the operators' admin opens, for one row and for twenty, with at most twenty queries (1.49)."""

import re
from importlib import import_module
from importlib.util import find_spec
from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.contrib import admin
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver, reverse

from config.operators import navigation
from tests.admin.rows import builders
from tests.factories.members import a_member, an_operator, logged_in

pytestmark = pytest.mark.django_db
MOST_QUERIES = 20
NOW_AND_THEN = re.compile(r'FROM "community_site_site"|SAVEPOINT')  # the site's facts, remembered for three seconds
ROUTES = get_resolver().url_patterns  # reading the routes arranges the admin
MODELS = sorted(admin.site._registry, key=lambda model: model._meta.label)
FOREIGN = {"django_celery_beat", "auth", "account", "socialaccount", "oauth2_provider"}


def address(model, page: str, *args) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)


def asked(client: Client, path: str) -> list[str]:
    with CaptureQueriesContext(connection) as queries:
        reply = client.get(path)
    assert reply.status_code == 200, path
    return [query["sql"] for query in queries if not NOW_AND_THEN.search(query["sql"])]


def test_every_model_of_ours_has_a_builder_here() -> None:
    ours = {model._meta.label for model in MODELS if model._meta.app_label not in FOREIGN}
    assert sorted(ours - set(builders())) == [], (
        "declare it in tests/<wing>/<app>/admin_rows.py (see tests/admin/rows.py)"
    )


def ways(client: Client, model) -> dict[str, str]:
    """The list as it opens, searched, and by each of its filters."""
    path = address(model, "changelist")
    found = {"list": path, "search": f"{path}?q=a", "odd search": path + "?" + urlencode({"q": "가나 abc%_'"})}
    changes = client.get(path).context["cl"]
    for spec in changes.filter_specs:
        choices = [one for one in spec.choices(changes) if "query_string" in one]
        asked = {name: "2020-01-01" if "_0" in name else "00:00:00" for name in spec.expected_parameters()}
        name = next(iter(spec.expected_parameters()))
        found[f"filter {name}"] = path + (choices[-1]["query_string"] if choices else "?" + urlencode(asked))
    return found


def costs(client: Client, model, row) -> dict[str, int]:
    """How many queries each page of a model asks."""
    paths = ways(client, model) | {"change": address(model, "change", row.pk)}
    return {name: len(asked(client, path)) for name, path in paths.items()}


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_pages_of_a_model_cost_the_same_with_one_row_and_with_twenty(model) -> None:
    client = logged_in(an_operator())
    build = builders().get(model._meta.label)
    if build is None:
        assert max(len(asked(client, path)) for path in ways(client, model).values()) <= MOST_QUERIES
        return
    build()
    row = model._base_manager.order_by("pk").last()
    for path in (address(model, "changelist"), address(model, "change", row.pk)):
        client.get(path)  # the kinds of rows are remembered from here on
    one = costs(client, model, row)
    for _ in range(19):
        build()
    twenty = costs(client, model, row)
    assert max(twenty.values()) <= MOST_QUERIES
    assert {name: twenty[name] for name in one} == one  # a filter with a single choice is not shown
    if admin.site._registry[model].has_add_permission(_request(client)):
        assert len(asked(client, address(model, "add"))) <= MOST_QUERIES


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_every_act_of_a_page_can_be_asked_for(model) -> None:
    client, build = logged_in(an_operator()), builders().get(model._meta.label)
    if build is None:
        return
    build()
    row = model._base_manager.order_by("pk").last()
    for name in admin.site._registry[model].get_actions(_request(client)):
        chosen = {"action": name, ACTION_CHECKBOX_NAME: [str(row.pk)]}
        assert client.post(address(model, "changelist"), chosen).status_code in (200, 302), name


def _request(client: Client):
    return client.get(reverse("admin:index")).wsgi_request


def test_the_first_page_opens_within_its_queries() -> None:
    assert len(asked(logged_in(an_operator()), reverse("admin:index"))) <= MOST_QUERIES


def test_every_page_is_in_the_sidebar_under_a_heading() -> None:
    groups = navigation(_request(logged_in(an_operator())))
    links = [item["link"] for group in groups for item in group["items"]]
    assert sorted(address(model, "changelist") for model in MODELS) == sorted(
        link for link in links if link.startswith("/admin/") and link != "/admin/"
    )


def test_keys_and_sessions_have_no_page() -> None:
    shown = {model._meta.label for model in MODELS}
    assert not shown & {
        "oauth2_provider.AccessToken",
        "oauth2_provider.RefreshToken",
        "oauth2_provider.Grant",
        "oauth2_provider.IDToken",
        "mfa.Authenticator",
        "socialaccount.SocialToken",
        "usersessions.UserSession",
        "socialaccount.SocialApp",
    }


def test_what_members_keep_for_themselves_has_no_page() -> None:
    shown = {model._meta.label for model in MODELS}
    own = ("community_drafts", "community_reading", "community_search", "community_idempotency")
    assert [label for label in sorted(shown) if label.startswith(own)] == []
    assert not shown & {"community_polls.Ballot", "community_profiles.Answer", "community_notifications.Notice"}


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_no_page_opens_for_a_member_or_a_guest(model) -> None:
    for client in (Client(), logged_in(a_member()), logged_in(a_member(is_moderator=True))):
        reply = client.get(address(model, "changelist"))
        assert reply.status_code in (302, 403, 404)
        assert reply.status_code != 302 or "/login/" in reply["Location"]


def test_every_app_that_brings_builders_is_found() -> None:
    for name in settings.WING_APPS:
        if find_spec(f"tests.{name}") and find_spec(f"tests.{name}.admin_rows"):
            assert import_module(f"tests.{name}.admin_rows")
