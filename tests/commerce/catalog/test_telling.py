"""What of a product's page is put together once for all, and what each reader gets anew (docs/decisions/0037)."""

import re

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from commerce.catalog import changes, telling
from commerce.catalog.models import Variant
from commerce.catalog.offering import change_product, pause_product
from commerce.catalog.picturing import describe
from commerce.catalog.reading import find_for_page
from commerce.catalog.variants import change_price
from community.foundation import near
from community.members.ignoring import ignore
from community.reviews.models import HelpfulVote
from community.reviews.voting import vote_helpful
from tests.factories.catalog import a_picture, a_product, a_variant, seller_of
from tests.factories.members import a_member, logged_in
from tests.factories.reviews import a_review
from tests.factories.uploads import an_upload

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nothing_kept():
    cache.clear()


@pytest.fixture
def sized():
    product = a_product(price=10_000, options=[{"name": "Size", "values": ["S", "M"]}])
    return product, a_variant(product, price=20_000, Size="M")


def page(product, member, query: str = "") -> str:
    reply = logged_in(member).get(product.get_absolute_url() + query, headers={"Accept-Language": "en"})
    assert reply.status_code == 200
    return reply.content.decode()


def test_it_is_put_together_once_for_many_readers(sized):
    product, _dearer = sized
    a_review(product.subject)
    first, second = logged_in(a_member()), logged_in(a_member())
    first.get(product.get_absolute_url())
    second.get(product.get_absolute_url())
    with CaptureQueriesContext(connection) as found:
        assert second.get(product.get_absolute_url()).status_code == 200
    own = ('SELECT "commerce_catalog_', 'SELECT "community_reviews_')
    asked = [one["sql"] for one in found if one["sql"].startswith(own)]
    assert len(asked) == 3, asked  # the product, how many are left, whether the reader has marks on its reviews


def test_a_change_is_seen_at_once_where_it_was_made(sized):
    product, dearer = sized
    by, reader = seller_of(product.vendor), a_member()
    picture = a_picture(product, an_upload(owner=by))
    page(product, reader)
    change_price(by=by, variant=dearer, price=18_000)
    assert "₩18,000" in page(product, reader, f"?variant={dearer.pk}")
    change_product(by=by, product=product, summary="Made of clay")
    assert "Made of clay" in page(product, reader)
    describe(by=by, picture=picture, alt="A bowl on a shelf")
    assert "A bowl on a shelf" in page(product, reader)
    pause_product(by=by, product=product)
    assert logged_in(reader).get(product.get_absolute_url()).status_code == 404


def test_what_another_process_changed_is_seen_after_two_seconds(sized, monkeypatch):
    product, dearer = sized
    query = f"?variant={dearer.pk}"
    page(product, a_member(), query)
    Variant.objects.filter(pk=dearer.pk).update(price=19_000)
    assert "₩20,000" in page(product, a_member(), query)
    moment = near.time.monotonic()
    monkeypatch.setattr(near.time, "monotonic", lambda: moment + changes.SECONDS + 0.01)
    assert "₩19,000" in page(product, a_member(), query)


def test_each_choice_and_each_language_is_told_apart(sized):
    product, dearer = sized
    found = find_for_page(product.slug, None)
    marks = {
        telling.told_of(found, variant=variant, picture=picture).shown.mark
        for variant, picture in (("", ""), (str(dearer.pk), ""), ("", "x"))
    }
    assert len(marks) == 3
    reader = logged_in(a_member())
    pages = [
        reader.get(product.get_absolute_url(), headers={"Accept-Language": language}).content.decode()
        for language in ("en", "ko", "en")
    ]
    assert ["taxes included" in html for html in pages] == [True, False, True]


def test_a_draft_is_never_remembered():
    draft = a_product(listed=False)
    found = find_for_page(draft.slug, seller_of(draft.vendor))
    assert telling.told_of(found).shown.mark is None
    assert Client().get(draft.get_absolute_url()).status_code == 404


def test_ones_own_vote_is_seen_by_oneself_alone(sized):
    product, _dearer = sized
    review = a_review(product.subject)
    voter, other = a_member(), a_member()
    vote_helpful(by=voter, review=review, helpful=True)
    taken_back = 'name="helpful" value="withdraw"'
    assert [taken_back in page(product, reader) for reader in (other, voter, other, voter)] == [
        False,
        True,
        False,
        True,
    ]


def test_whom_one_ignores_is_not_read_through_what_others_were_told(sized):
    product, _dearer = sized
    review = a_review(product.subject, body="Only for those who want to hear it")
    reader, other = a_member(), a_member()
    ignore(by=reader, member=review.author)
    assert "who want to hear it" in page(product, other)
    assert "who want to hear it" not in page(product, reader)


def test_a_form_that_was_drawn_for_another_carries_ones_own_token(sized):
    product, _dearer = sized
    review = a_review(product.subject)
    page(product, a_member())
    member = a_member()
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(member)
    html = browser.get(product.get_absolute_url()).content.decode()
    form = html[html.index(f'id="votes-{review.pk}"') :]
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', form)[1]
    address = re.search(r'action="([^"]+)"', form)[1]
    reply = browser.post(address, {"helpful": "yes", "csrfmiddlewaretoken": token})
    assert reply.status_code == 302
    assert HelpfulVote.objects.get().member == member
