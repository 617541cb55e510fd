"""The form on a product's page and the member's own list, without JavaScript (2.13, 2.14)."""

import pytest

from commerce.specifications.models import Specification
from tests.factories.catalog import a_product
from tests.factories.members import a_member, logged_in
from tests.factories.specifications import DRAWING, WIDTH, WOOD, a_schema, a_specification
from tests.factories.uploads import an_upload

pytestmark = pytest.mark.django_db
ENTERED = {"spec-wood": "walnut", "spec-width": "62.5", "spec-engraving": "하늘"}


@pytest.fixture(autouse=True)
def _in_english(settings):
    settings.LANGUAGE_CODE = "en"


def page(reply, status=200):
    assert reply.status_code == status
    return reply.content.decode()


def specify(product):
    return f"/shop/{product.slug}/specification/"


def test_the_product_shows_the_form_and_the_price_to_begin_with(client):
    schema = a_schema(lead_days=4)
    text = page(client.get(schema.product.get_absolute_url()))
    assert 'name="spec-width"' in text
    assert "Walnut (+₩30,000)" in text
    assert "₩333 per cm." in text
    assert "Price so far" in text


def test_a_product_that_is_not_made_to_order_has_no_form(client):
    product = a_product()
    assert "spec-" not in page(client.get(product.get_absolute_url()))
    assert client.get(specify(product)).status_code == 404


def test_the_price_is_shown_by_a_button_without_javascript(client):
    schema = a_schema()
    text = page(client.get(specify(schema.product), ENTERED))
    assert "Your price" in text
    assert "₩145,813" in text  # 90,000 + 30,000 + 20,813 + 5,000
    assert "Log in, and it is offered to you" in text


def test_htmx_gets_the_price_alone(client):
    schema = a_schema()
    text = page(client.get(specify(schema.product), ENTERED, headers={"HX-Request": "true"}))
    assert text.lstrip().startswith("<div")
    assert "₩145,813" in text
    assert "<form" not in text


def test_what_does_not_fit_is_said_beside_the_field_and_costs_nothing(client):
    schema = a_schema()
    text = page(client.get(specify(schema.product), {**ENTERED, "spec-width": "500"}))
    assert "Enter a number from 40 to 120 cm." in text
    assert "Look again at: Width" in text
    assert "₩125,000" in text
    assert "Keep it for the next time" not in text


def test_words_of_a_vendor_are_shown_as_words(client):
    schema = a_schema({**WIDTH, "label": "<b>W</b>", "hint": "<script>x</script>", "unit": "<i>"})
    text = page(client.get(schema.product.get_absolute_url()))
    assert "<script>x" not in text
    assert "<b>W</b>" not in text


def test_koreans_read_korean_labels(client):
    schema = a_schema()
    text = page(client.get(schema.product.get_absolute_url(), headers={"Accept-Language": "ko"}))
    assert "호두나무" in text
    assert "Walnut" not in text


def test_it_is_kept_by_a_button_and_fills_the_form_the_next_time():
    member, schema = a_member(), a_schema()
    browser = logged_in(member)
    reply = browser.post(f"{specify(schema.product)}keep/", {**ENTERED, "name": "Window"})
    kept = Specification.objects.get()
    assert (kept.name, kept.values["width"]) == ("Window", "62.5")
    assert reply.url == f"{schema.product.get_absolute_url()}?specification={kept.pk}"
    text = page(browser.get(schema.product.get_absolute_url()))
    assert 'value="62.5"' in text
    assert "Window" in text


def test_what_does_not_fit_is_not_kept():
    member, schema = a_member(), a_schema()
    reply = logged_in(member).post(f"{specify(schema.product)}keep/", {**ENTERED, "spec-wood": "plastic"})
    assert "Choose one of what is offered" in page(reply, 400) or "valid choice" in page(reply, 400)
    assert not Specification.objects.exists()


def test_what_others_keep_fills_nothing():
    kept = a_specification()
    text = page(logged_in(a_member()).get(f"{kept.product.get_absolute_url()}?specification={kept.pk}"))
    assert "62.5" not in text
    assert logged_in(a_member()).get(f"{kept.product.get_absolute_url()}?specification=nonsense").status_code == 200


def test_pictures_offered_are_ones_own():
    member, schema = a_member(), a_schema(DRAWING)
    own, other = an_upload(owner=member), an_upload(owner=a_member())
    text = page(logged_in(member).get(schema.product.get_absolute_url()))
    assert str(own.pk) in text
    assert str(other.pk) not in text


def test_ones_own_list_says_in_words_what_was_specified_and_what_fits_no_more():
    kept = a_specification(name="Window")
    a_schema(WOOD, {**WIDTH, "most": "60"}, product=kept.product)
    text = page(logged_in(kept.member).get("/settings/specifications/"))
    assert "Window" in text
    assert "62.5 cm" in text
    assert "Walnut" in text
    assert "This fits no more: Width, Engraving." in text
    assert f"{kept.product.get_absolute_url()}?specification={kept.pk}" in text


def test_an_empty_list_invites():
    assert "Nothing specified yet" in page(logged_in(a_member()).get("/settings/specifications/"))


def test_it_is_changed_and_deleted_on_ones_own_pages():
    kept = a_specification()
    browser = logged_in(kept.member)
    address = f"/settings/specifications/{kept.pk}/"
    assert 'value="62.5"' in page(browser.get(address))
    assert "from 40 to 120" in page(browser.post(address, {**ENTERED, "spec-width": "5"}))
    assert browser.post(address, {**ENTERED, "spec-width": "80", "name": "Door"}).status_code == 302
    kept.refresh_from_db()
    assert (kept.name, kept.values["width"]) == ("Door", "80")
    assert browser.post(f"{address}delete/").status_code == 302
    assert not Specification.objects.exists()


def test_pages_of_others_do_not_exist():
    kept = a_specification()
    browser = logged_in(a_member())
    assert browser.get(f"/settings/specifications/{kept.pk}/").status_code == 404
    assert browser.post(f"/settings/specifications/{kept.pk}/", ENTERED).status_code == 404
    browser.post(f"/settings/specifications/{kept.pk}/delete/")
    assert Specification.objects.get() == kept


def test_guests_are_sent_to_log_in(client):
    kept = a_specification()
    for address in ("/settings/specifications/", f"/settings/specifications/{kept.pk}/"):
        assert client.get(address).url.startswith("/accounts/login/")
    assert client.post(f"{specify(kept.product)}keep/", ENTERED).url.startswith("/accounts/login/")
