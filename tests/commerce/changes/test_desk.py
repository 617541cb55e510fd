"""Vendors tell of changes at their desk, and operators look and take down (2.18)."""

import datetime as dt

import pytest

from commerce.changes import writing
from commerce.changes.models import Cause, Change
from tests.factories.boards import a_topic
from tests.factories.catalog import a_product, a_shop, seller_of
from tests.factories.changes import a_change, a_complaint_for, a_review_of, an_idea_for
from tests.factories.members import a_member, an_operator, logged_in

pytestmark = pytest.mark.django_db
LIST, ADD = "/desk/commerce_changes/change/", "/desk/commerce_changes/change/add/"


@pytest.fixture(autouse=True)
def _in_english(settings):
    settings.LANGUAGE_CODE = "en"


def page(reply, status=200):
    assert reply.status_code == status, reply.content
    return reply.content.decode()


def change_page(change):
    return f"{LIST}{change.pk}/change/"


def form(product=None, **entered):
    given = {"title": "Cooler", "source": "Of wood now.", "changed_on": "2025-06-15", "causes": [], "addresses": ""}
    return {**given, **({"product": str(product.pk)} if product else {}), **entered}


def test_the_form_offers_the_words_of_customers_with_their_authors():
    product = a_product()
    by = a_member(display_name="Ida")
    idea = an_idea_for(product, title="A handle of wood", by=by)
    review = a_review_of(product, body="It burns my hand.")
    foreign = a_review_of(a_product(), body="Another thing.")
    text = page(logged_in(seller_of(product.vendor)).get(f"{ADD}?product={product.pk}"))
    assert f'value="topic:{idea.pk}"' in text
    assert f'value="review:{review.pk}"' in text
    assert "A handle of wood – Ida" in text
    assert "It burns my hand." in text
    assert str(foreign.pk) not in text
    assert f'<option value="{product.pk}" selected>' in text


def test_a_change_is_told_with_its_causes_chosen_and_named_by_address():
    product = a_product()
    idea, complaint, review = an_idea_for(product), a_complaint_for(product), a_review_of(product)
    addresses = f"https://madang.example{complaint.get_absolute_url()}\n{review.get_absolute_url()}#words"
    entered = form(product, causes=[f"topic:{idea.pk}"], addresses=addresses)
    reply = logged_in(seller_of(product.vendor)).post(ADD, entered)
    assert reply.status_code == 302, page(reply)
    change = Change.objects.get()
    assert (change.title, change.changed_on, change.by) == ("Cooler", dt.date(2025, 6, 15), seller_of(product.vendor))
    assert {one.source_id for one in change.causes.all()} == {idea.pk, complaint.pk, review.pk}


@pytest.mark.parametrize(
    ("entered", "words"),
    [
        ({"title": ""}, "This field is required."),
        ({"source": "\u3164"}, "Say in a sentence or two what is different now."),
        ({"changed_on": "2999-01-01"}, "Tell of what has changed already"),
        ({"changed_on": "soon"}, "Enter a valid date."),
        ({"causes": ["topic:019a0000-0000-7000-8000-000000000000"]}, "Select a valid choice."),
        ({"causes": ["nonsense"]}, "Select a valid choice."),
        ({"addresses": "https://elsewhere.example/idea"}, "is no address of an idea"),
        ({"addresses": "http://[broken"}, "is no address of an idea"),
        ({"addresses": "/topics/019a0000-0000-7000-8000-000000000000/"}, "One of the causes is not there"),
    ],
)
def test_what_does_not_fit_is_said_and_nothing_entered_is_lost(entered, words):
    product = a_product()
    text = page(logged_in(seller_of(product.vendor)).post(ADD, form(product, **entered)))
    assert words in text
    assert ("Of wood now." in text) or "source" in entered
    assert not Change.objects.exists()


def test_a_topic_that_is_no_idea_or_complaint_is_refused():
    product = a_product()
    talk = a_topic(subjects=[product.subject])
    text = page(logged_in(seller_of(product.vendor)).post(ADD, form(product, addresses=talk.get_absolute_url())))
    assert "One of the causes is not there" in text
    assert not Change.objects.exists()


def test_a_change_is_corrected_and_its_causes_stay_ticked():
    product = a_product()
    idea = an_idea_for(product)
    change = a_change(product, sources=[idea])
    browser = logged_in(seller_of(product.vendor))
    text = page(browser.get(change_page(change)))
    assert f'value="topic:{idea.pk}" id="id_causes_0_0" checked' in " ".join(text.split())
    reply = browser.post(change_page(change), form(title="Cool", causes=[f"topic:{idea.pk}"]))
    assert reply.status_code == 302, page(reply)
    change.refresh_from_db()
    assert (change.title, change.version, Cause.objects.count()) == ("Cool", 2, 1)
    browser.post(change_page(change), form())
    assert not Cause.objects.exists()


def test_an_old_cause_is_offered_where_newer_ones_fill_the_list(monkeypatch):
    monkeypatch.setattr("commerce.changes.forms.OFFERED", 1)
    product = a_product()
    idea = an_idea_for(product)
    change = a_change(product, sources=[idea])
    newer = [an_idea_for(product) for _each in range(2)]
    text = page(logged_in(seller_of(product.vendor)).get(change_page(change)))
    assert [str(one.pk) in text for one in (idea, *newer)] == [True, False, True]


def test_several_are_withdrawn_and_shown_again():
    change = a_change()
    browser = logged_in(seller_of(change.product.vendor))
    for action, withdrawn in (("withdraw", True), ("show_again", False)):
        browser.post(LIST, {"action": action, "_selected_action": [str(change.pk)]})
        change.refresh_from_db()
        assert (change.withdrawn_at is not None) == withdrawn


def test_another_vendors_product_cannot_be_told_of():
    product, stranger = a_product(), a_shop()
    reply = logged_in(seller_of(stranger)).post(ADD, form(product))
    assert "Select a valid choice." in page(reply)
    assert not Change.objects.exists()


def test_operators_see_all_and_take_down():
    shown, hidden = a_change(title="A change that stands"), a_change(title="A change that went")
    writing.withdraw_change(by=seller_of(hidden.product.vendor), change=hidden)
    browser = logged_in(an_operator())
    text = page(browser.get("/admin/commerce_changes/change/"))
    assert ("A change that stands" in text, "A change that went" in text) == (True, True)
    browser.post("/admin/commerce_changes/change/", {"action": "withdraw", "_selected_action": [str(shown.pk)]})
    shown.refresh_from_db()
    assert shown.withdrawn_at is not None
    assert page(browser.get(f"/admin/commerce_changes/change/{shown.pk}/change/"))
