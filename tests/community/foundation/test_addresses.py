"""Addresses of things, and those that leave the site."""

import uuid

import pytest
from django.urls import NoReverseMatch, reverse, set_script_prefix

from community.foundation.addresses import absolute, address_of
from tests.factories.members import logged_in
from tests.factories.subjects import a_subject


@pytest.mark.parametrize("site", ["https://madang.example", "https://madang.example/"])
def test_a_slash_after_the_sites_address_is_not_doubled(settings, site: str) -> None:
    settings.SITE_URL = site
    assert absolute("/boards/") == "https://madang.example/boards/"


@pytest.mark.django_db
def test_the_canonical_address_of_a_subject_has_one_slash(settings) -> None:
    settings.SITE_URL = "https://madang.example/"
    subject = a_subject("Kettle")
    page = logged_in(None).get(subject.get_absolute_url()).content.decode()
    assert f'<link rel="canonical" href="https://madang.example{subject.get_absolute_url()}">' in page


@pytest.mark.parametrize("prefix", ["/", "/madang/"])
def test_the_address_of_a_thing_is_what_the_resolver_says(prefix: str) -> None:
    set_script_prefix(prefix)
    try:
        for _ in range(2):
            pk = uuid.uuid4()
            assert address_of("community_boards:topic", pk) == reverse("community_boards:topic", args=[pk])
    finally:
        set_script_prefix("/")


def test_a_route_that_is_none_is_said_to_be_none() -> None:
    with pytest.raises(NoReverseMatch):
        address_of("community_boards:nowhere", uuid.uuid4())
