"""The product's page and the change log, as everyone reads them (2.18)."""

import datetime as dt
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from commerce.changes import writing
from commerce.changes.models import Change
from tests.factories.boards import a_private_board
from tests.factories.catalog import a_product, a_shop, seller_of
from tests.factories.changes import a_change, a_complaint_for, a_review_of, an_idea_for
from tests.factories.members import a_member, logged_in
from tests.factories.reviews import ratings

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_english(settings):
    settings.LANGUAGE_CODE = "en"


def page(reply, status=200):
    assert reply.status_code == status, reply.content
    return reply.content.decode()


def log(product):
    return f"/shop/{product.slug}/changes/"


def test_the_products_page_shows_the_newest_changes_first_and_leads_to_all(client):
    product = a_product()
    for day, title in ((3, "Second"), (1, "Oldest"), (5, "Newest"), (4, "Third")):
        a_change(product, title=title, changed_on=dt.date(2025, 1, day))
    text = page(client.get(product.get_absolute_url()))
    assert text.index("Newest") < text.index("Third") < text.index("Second")
    assert "Oldest" not in text
    assert f'href="{log(product)}"' in text
    assert "Oldest" in page(client.get(log(product)))


def test_it_says_because_of_whom_and_leads_to_their_words(client):
    product = a_product()
    idea = an_idea_for(product, title="A handle of wood", by=a_member(display_name="Ida"))
    review = a_review_of(product, body="It burns my hand.", by=a_member(display_name="Revi"))
    change = a_change(product, source="Of *wood* now.", sources=[idea, review])
    for address in (product.get_absolute_url(), log(product), change.get_absolute_url()):
        text = page(client.get(address))
        for expected in (
            "<em>wood</em>",
            "Ida",
            "Revi",
            "A handle of wood",
            "“It burns my hand.”",
            idea.get_absolute_url(),
        ):
            assert expected in text, (address, expected)


def test_words_that_a_reader_may_not_see_leave_no_trace(client):
    owner, author = a_member(), a_member(display_name="Ida")
    product = a_product(vendor=a_shop(owner=owner))
    board = a_private_board(author, owner, kind="idea")
    change = a_change(product, sources=[an_idea_for(product, board=board, by=author, title="A closed idea")])
    for address in (product.get_absolute_url(), log(product), change.get_absolute_url()):
        text = page(client.get(address))
        assert ("Ida" in text, "A closed idea" in text, "Because of" in text) == (False, False, False)
        assert "A closed idea" in page(logged_in(owner).get(address))


def test_the_score_before_and_since_is_shown_and_too_few_are_said_to_be(client):
    product = a_product()
    ratings(product.subject, *[4] * 10)
    a_change(product, changed_on=dt.date(2024, 1, 1))
    text = page(client.get(log(product)))
    assert "0 ratings: too few for a score" in text
    assert re.search(r'class="value" aria-hidden="true">3\.8<.*?class="of" aria-hidden="true">\(\D*10\D*\)', text)
    assert "Other things may have changed too." in text


def test_a_product_without_changes_shows_nothing_but_to_its_vendor(client):
    product = a_product()
    assert 'id="changes"' not in page(client.get(product.get_absolute_url()))
    text = page(logged_in(seller_of(product.vendor)).get(product.get_absolute_url()))
    assert f"/desk/commerce_changes/change/add/?product={product.pk}" in text
    assert "Nothing told yet" in page(client.get(log(product)))


def test_a_withdrawn_change_is_on_no_page_and_opens_for_its_vendor_alone(client):
    change = a_change(title="Taken back")
    owner = seller_of(change.product.vendor)
    writing.withdraw_change(by=owner, change=change)
    for address in (change.product.get_absolute_url(), log(change.product)):
        assert "Taken back" not in page(client.get(address))
        assert "Taken back" not in page(logged_in(owner).get(address))
    assert client.get(change.get_absolute_url()).status_code == 404
    assert logged_in(a_member()).get(change.get_absolute_url()).status_code == 404
    assert "only its vendor sees this page" in page(logged_in(owner).get(change.get_absolute_url()))


def test_a_change_of_another_product_or_of_a_hidden_one_is_not_there(client):
    change, other = a_change(), a_product()
    assert client.get(f"{log(other)}{change.pk}/").status_code == 404
    draft = a_change(a_product(listed=False))
    assert client.get(draft.get_absolute_url()).status_code == 404
    assert client.get(log(draft.product)).status_code == 404


def test_words_are_shown_as_words(client):
    product = a_product()
    idea = an_idea_for(product, title="<b>Bold</b>")
    change = a_change(product, title="<i>It</i>", source="<script>x()</script>", sources=[idea])
    text = page(client.get(change.get_absolute_url()))
    assert ("<script>x()" in text, "<b>Bold</b>" in text, "<i>It</i>" in text) == (False, False, False)


def test_a_long_log_is_paged():
    product, client = a_product(), logged_in(a_member())
    for day in range(1, 13):
        a_change(product, title=f"Change of day {day}.", changed_on=dt.date(2025, 1, day))
    first = page(client.get(log(product)))
    assert ("day 12." in first, "day 3." in first, "day 2." in first) == (True, True, False)
    following = client.get(log(product)).context["page"].next
    assert "day 2." in page(client.get(log(product), {"cursor": following}))


def test_pages_cost_the_same_with_one_change_and_with_ten():
    product, counted = a_product(), []
    browser = logged_in(a_member())
    for more in (1, 9):
        for number in range(more):
            sources = [an_idea_for(product), a_review_of(product), a_complaint_for(product)]
            a_change(product, changed_on=dt.date(2025, 1, 1 + Change.objects.count() + number), sources=sources)
        browser.get(log(product))
        with CaptureQueriesContext(connection) as queries:
            page(browser.get(log(product)))
        counted.append(len(queries))
    assert counted[0] == counted[1]
