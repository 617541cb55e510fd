"""Addresses that leave the site."""

import pytest

from community.site.addresses import absolute
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
