"""The operators' admin speaks the operator's language: no label of a page is left in English (1.49)."""

import re

import pytest
from django.contrib import admin
from django.contrib.admin.utils import flatten_fieldsets, label_for_field
from django.urls import get_resolver, reverse
from django.utils import translation

from community.foundation import targets
from tests.factories.members import an_operator, logged_in

pytestmark = pytest.mark.django_db
ROUTES = get_resolver().url_patterns  # reading the routes arranges the admin
MODELS = sorted(admin.site._registry, key=lambda model: model._meta.label)
HANGUL = re.compile("[가-힣]")
NAMES = {
    "HTML",
    "Pk",
    "Human readable",
    "Scheduler",
    "Crontab translation",
    "regtask",
}  # of a format, and a library's own columns


def label(name: str, model, page, request) -> str:
    try:
        return label_for_field(name, model, page)
    except AttributeError:  # a field of the form alone
        return page.get_form(request).base_fields[name].label or name


def labels(model, request) -> list[str]:
    """What the list and the form of a model call its columns and fields, and what the sidebar calls the page."""
    page = admin.site._registry[model]
    columns = [name for name in page.get_list_display(request) if name != "action_checkbox"]
    fields = flatten_fieldsets(page.get_fieldsets(request))
    found = [label(name, model, page, request) for name in [*columns, *fields]]
    for inline in page.get_inline_instances(request):
        found += [
            label_for_field(name, inline.model, inline) for name in flatten_fieldsets(inline.get_fieldsets(request))
        ]
    acts = [described for _function, _name, described in page.get_actions(request).values()]
    return [str(said) for said in [*found, *acts, model._meta.verbose_name, model._meta.verbose_name_plural]]


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_every_label_of_a_page_is_korean_for_a_korean(model) -> None:
    request = logged_in(an_operator()).get(reverse("admin:index")).wsgi_request
    with translation.override("ko"):
        assert [said for said in labels(model, request) if not HANGUL.search(said) and said not in NAMES] == []


def test_the_way_back_above_a_page_names_its_heading_in_the_sidebar() -> None:
    reply = logged_in(an_operator()).get(
        reverse("admin:community_boards_topic_changelist"), headers={"Accept-Language": "en"}
    )
    assert "Conversation" in reply.content.decode()
    assert "Community_Boards" not in reply.content.decode()


def test_a_list_says_how_many_it_shows_only_when_it_was_narrowed() -> None:
    client, path = logged_in(an_operator()), reverse("admin:community_members_member_changelist")
    english = {"Accept-Language": "en"}
    assert "1 result" not in client.get(path, headers=english).content.decode()
    narrowed = client.get(f"{path}?q=nobody-of-this-name", headers=english).content.decode()
    assert "0 results" in narrowed
    assert "Nothing fits what you asked for" in narrowed


def test_a_kind_of_target_is_called_by_what_it_is() -> None:
    with translation.override("ko"):
        assert targets.label("post") == "글"
        assert targets.label("gone") == "gone"
