"""Every page of the vendors' desk shows this vendor's rows only: lists, search, filters, history, guessed addresses; so
does every operation of the REST interface (2.08)."""

import re

import pytest
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.test import Client
from django.urls import get_resolver, reverse
from rest_framework.test import APIClient

from commerce.vendors.desk import desk_site
from commerce.vendors.models import Vendor
from community.members.models import TeamMember
from tests.admin.desk_rows import builders
from tests.factories.members import a_member, an_operator, logged_in
from tests.factories.vendors import a_vendor
from tests.rest.calls import all_calls
from tests.rest.schema import operations

pytestmark = pytest.mark.django_db
ROUTES = get_resolver().url_patterns  # reading the routes registers the pages
PAGES = sorted(desk_site._registry, key=lambda model: model._meta.label)
OWN, FOREIGN = "Mooncanary lamp", "Suncanary lamp"


def address(model, page: str, *args) -> str:
    return reverse(f"desk:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)


def text_of(reply) -> str:
    return f"{reply.status_code} {reply.headers.get('Location', '')} {reply.content.decode()}"


@pytest.fixture
def two(request):
    """Two vendors with a row each of the page's model, and the client of the first one's owner."""
    model = request.param
    owner, other = a_member(), a_member()
    vendor, rival = a_vendor(owner, name="Ours"), a_vendor(other, name="Theirs")
    build = builders()[model._meta.label]
    own, foreign = build(vendor, OWN), build(rival, FOREIGN)
    return model, own, foreign, logged_in(owner)


every_page = pytest.mark.parametrize("two", PAGES, indirect=True, ids=lambda model: model._meta.label)


def test_every_page_has_a_builder_here() -> None:
    assert sorted({model._meta.label for model in PAGES} - set(builders())) == [], (
        "declare it in tests/<wing>/<app>/desk_rows.py (see tests/admin/desk_rows.py)"
    )


@every_page
def test_the_list_shows_the_vendors_own_rows_alone(two) -> None:
    model, own, foreign, client = two
    page = text_of(client.get(address(model, "changelist")))
    assert address(model, "change", own.pk) in page
    assert (address(model, "change", foreign.pk) in page, FOREIGN in page) == (False, False)


@every_page
def test_searching_and_filtering_find_no_foreign_row(two) -> None:
    model, own, foreign, client = two
    page = desk_site._registry[model]
    asked = [f"?q={FOREIGN}", f"?pk={foreign.pk}", f"?id__exact={foreign.pk}", "?all=", "?e=1", "?o=1"]
    first = text_of(client.get(address(model, "changelist")))
    asked += {f"?{query}" for query in re.findall(r'href="\?([^"#]+)"', first)}
    for query in asked:
        text = text_of(client.get(address(model, "changelist") + query.replace("&amp;", "&"), follow=True))
        assert address(model, "change", foreign.pk) not in text, query
        assert FOREIGN not in text.replace(f'value="{FOREIGN}"', ""), query
    if page.search_fields:
        assert address(model, "change", own.pk) in text_of(client.get(address(model, "changelist") + f"?q={OWN}"))


@every_page
@pytest.mark.parametrize("kind", ["change", "history", "delete"])
def test_a_guessed_address_reads_like_one_of_nothing(two, kind: str) -> None:
    model, own, foreign, client = two
    absent = "00000000-0000-7000-8000-000000000000" if len(str(own.pk)) == 36 else "99999999"
    guessed = text_of(client.get(address(model, kind, foreign.pk), follow=True))
    nothing = text_of(client.get(address(model, kind, absent), follow=True))
    assert _steady(guessed, model, foreign.pk) == _steady(nothing, model, absent)
    assert FOREIGN not in guessed
    if kind != "delete":
        assert client.get(address(model, kind, own.pk)).status_code == 200


@every_page
def test_a_forged_form_changes_no_foreign_row(two) -> None:
    model, _own, foreign, client = two
    before = model._base_manager.filter(pk=foreign.pk).values().get()
    form = dict.fromkeys(before, "forged")
    client.post(address(model, "change", foreign.pk), form)
    client.post(address(model, "delete", foreign.pk), {"post": "yes"})
    for action in desk_site._registry[model].actions or ():
        client.post(address(model, "changelist"), {"action": action, "_selected_action": str(foreign.pk)})
    assert model._base_manager.filter(pk=foreign.pk).values().get() == before


@every_page
def test_choices_offer_no_foreign_row(two) -> None:
    model, own, foreign, client = two
    pages = [address(model, "change", own.pk)]
    if desk_site._registry[model].has_add_permission(client.get(reverse("desk:index")).wsgi_request):
        pages.append(address(model, "add"))
    for page in pages:
        text = text_of(client.get(page))
        assert (f'value="{foreign.pk}"' in text, FOREIGN in text) == (False, False), page


@every_page
def test_history_names_no_operator(two) -> None:
    model, own, _foreign, client = two
    operator = an_operator("watchful-keeper", display_name="Watchful Keeper")
    LogEntry.objects.create(
        user=operator,
        content_type=ContentType.objects.get_for_model(model, for_concrete_model=False),
        object_id=str(own.pk),
        object_repr=str(own),
        action_flag=2,
        change_message="Looked closely",
    )
    text = text_of(client.get(address(model, "history", own.pk)))
    assert ("atchful" in text, "Looked closely" in text) == (False, False)


@pytest.mark.parametrize("model", PAGES, ids=lambda model: model._meta.label)
def test_no_page_opens_for_guests_members_and_operators_without_a_vendor(model) -> None:
    for client in (Client(), logged_in(a_member()), logged_in(an_operator())):
        reply = client.get(address(model, "changelist"))
        assert reply.status_code == 302
        assert reply["Location"].startswith("/desk/login/")


@pytest.mark.parametrize("model", PAGES, ids=lambda model: model._meta.label)
def test_a_clerk_opens_what_its_role_may_and_no_more(model) -> None:
    clerk = a_member()
    a_vendor(clerk, role=TeamMember.CLERK)
    allowed = TeamMember.CLERK in desk_site._registry[model].roles
    assert logged_in(clerk).get(address(model, "changelist")).status_code == (200 if allowed else 403)


def test_the_desk_has_no_shortcut_to_any_object_of_the_site() -> None:
    owner = a_member()
    a_vendor(owner)
    rival = a_vendor(state="applied")
    kind = ContentType.objects.get_for_model(Vendor)
    assert logged_in(owner).get(f"/desk/r/{kind.pk}/{rival.pk}/").status_code in {302, 404}
    assert rival.slug not in text_of(logged_in(owner).get(f"/desk/r/{kind.pk}/{rival.pk}/", follow=True))


@pytest.mark.parametrize("model", sorted(admin.site._registry, key=lambda model: model._meta.label), ids=lambda model: model._meta.label)  # fmt: skip
def test_no_page_of_the_operators_opens_for_staff_of_a_vendor(model) -> None:
    owner = a_member()
    a_vendor(owner)
    reply = logged_in(owner).get(reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist"))
    assert (reply.status_code, "/login/" in reply["Location"]) == (302, True)


def test_no_operation_serves_another_vendors_staff() -> None:
    """Whatever staff do with what is theirs, staff of another vendor are refused."""
    stranger, tried = a_member(), []
    a_vendor(stranger)
    for name, build in all_calls().items():
        if not build.__module__.startswith("tests.commerce."):
            continue
        call = build()
        path, method, _operation = operations()[name]
        if call.by is None or not call.kwargs or not Vendor.objects.staffed_by(call.by).exists():
            continue
        client = APIClient()
        client.force_authenticate(stranger)
        key = {"Idempotency-Key": name}
        reply = getattr(client, method)(path.format(**call.kwargs), call.body, format="json", headers=key)
        tried.append(name)
        assert reply.status_code in {403, 404}, f"{name} answers {reply.status_code}"
    assert {"vendors_change", "vendors_staff_list", "vendors_staff_put", "vendors_staff_remove"} <= set(tried)


def _steady(text: str, model, pk: object) -> str:
    """Without what the address asked for, tokens and times."""
    named = text.replace(address(model, "change", pk).removesuffix("change/"), "…").replace(f"&quot;{pk}&quot;", "…")
    return re.sub(r'[0-9a-f]{8}-[0-9a-f-]{27}|value="[A-Za-z0-9]{64}"|[A-Za-z0-9]{32,}', "…", named)
