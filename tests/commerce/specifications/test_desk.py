"""A vendor says at the desk what can be specified, looks at it as a member, and saves a version (2.13, 2.10)."""

import pytest

from commerce.specifications.models import Schema
from tests.factories.catalog import a_product, a_shop, seller_of
from tests.factories.members import a_member, logged_in
from tests.factories.specifications import a_schema

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_english(settings):
    settings.LANGUAGE_CODE = "en"


def at(product):
    return f"/desk/commerce_specifications/schema/product/{product.slug}/"


def entered(*fields, **more):
    data = {
        "lead_days": "5",
        "daily_capacity": "3",
        "fields-TOTAL_FORMS": str(len(fields)),
        "fields-INITIAL_FORMS": "0",
    }
    for number, row in enumerate(fields):
        data |= {f"fields-{number}-{name}": value for name, value in row.items()}
    return {**data, **more}


WOOD = {
    "kind": "choice",
    "key": "wood",
    "label": "Wood",
    "label_ko": "나무",
    "required": "on",
    "choices": "Oak | 참나무\nWalnut | 호두나무 | 30,000\n",
}
WIDTH = {"kind": "measure", "label": "Width", "least": "40", "most": "120", "unit": "cm", "price_per_unit": "333"}


def test_fields_are_saved_as_a_version():
    product = a_product()
    browser = logged_in(seller_of(product.vendor))
    assert "Add a field" in browser.get(at(product)).content.decode()
    reply = browser.post(
        at(product), entered({**WIDTH, "ORDER": "2"}, {**WOOD, "ORDER": "1"}, {"kind": ""}, act="save")
    )
    assert reply.status_code == 302, reply.content.decode()
    schema = Schema.objects.get()
    assert [row["label"] for row in schema.fields] == ["Wood", "Width"]
    assert schema.fields[0]["choices"][1] == {
        "value": "Walnut",
        "label": "Walnut",
        "label_ko": "호두나무",
        "price": 30_000,
    }
    assert (schema.lead_days, schema.daily_capacity, schema.fields[1]["required"]) == (5, 3, False)
    text = browser.get(at(product)).content.decode()
    assert "Walnut | 호두나무 | 30000" in text


def test_a_field_is_added_with_the_inputs_of_its_kind_and_nothing_is_lost_or_saved():
    product = a_product()
    browser = logged_in(seller_of(product.vendor))
    text = browser.post(at(product), entered(WOOD, act="add-measure")).content.decode()
    assert 'name="fields-1-price_per_unit"' in text
    assert 'name="fields-1-choices"' not in text
    assert "Walnut | 호두나무 | 30,000" in text
    for total in ("20", "99999999999", "x"):
        full = entered(WOOD, act="add-text") | {"fields-TOTAL_FORMS": total}
        assert browser.post(at(product), full).status_code == 200
    assert browser.post(at(product), entered(WOOD, act="add-evil")).status_code == 200
    assert not Schema.objects.exists()


def test_the_preview_is_what_members_see_and_saves_nothing():
    product = a_product(price=90_000)
    reply = logged_in(seller_of(product.vendor)).post(at(product), entered(WOOD, WIDTH, act="preview"))
    text = reply.content.decode()
    assert "Walnut (+₩30,000)" in text
    assert "₩103,320" in text  # 90,000 and 40 cm at 333
    assert not Schema.objects.exists()


def test_faults_stand_beside_their_inputs():
    product = a_product()
    fields = [{**WIDTH, "most": "9"}, {**WOOD, "choices": "Oak | 참나무 | dear"}]
    text = logged_in(seller_of(product.vendor)).post(at(product), entered(*fields, act="save")).content.decode()
    assert "That is no amount of money" in text
    text = logged_in(seller_of(product.vendor)).post(at(product), entered(fields[0], act="save")).content.decode()
    assert "The most is at least the least." in text
    assert not Schema.objects.exists()


def test_a_field_that_is_ticked_for_deletion_goes():
    product = a_product()
    browser = logged_in(seller_of(product.vendor))
    browser.post(at(product), entered(WOOD, {**WIDTH, "DELETE": "on"}, act="save"))
    assert [row["key"] for row in Schema.objects.get().fields] == ["wood"]


def test_products_of_others_do_not_exist_at_the_desk():
    product, stranger = a_product(), logged_in(seller_of(a_shop()))
    assert stranger.get(at(product)).status_code == 404
    assert stranger.post(at(product), entered(WOOD, act="save")).status_code == 404
    assert logged_in(a_member()).get(at(product)).status_code == 302
    assert not Schema.objects.exists()


def test_the_list_shows_versions_in_force_of_ones_own():
    schema = a_schema()
    a_schema({"kind": "text", "label": "Greeting"}, product=schema.product)
    a_schema()
    browser = logged_in(seller_of(schema.product.vendor))
    text = browser.get("/desk/commerce_specifications/schema/").content.decode()
    assert text.count(schema.product.title) >= 1
    assert Schema.objects.count() == 3
    newest = Schema.objects.get(product=schema.product, version=2)
    page = browser.get(f"/desk/commerce_specifications/schema/{newest.pk}/change/")
    assert page.context["schema"] == newest
    assert browser.get(f"/desk/commerce_specifications/schema/{schema.pk}/change/").status_code == 404


def test_the_product_is_chosen_among_ones_own():
    product, other = a_product("Own shelf"), a_product("Other shelf")
    text = logged_in(seller_of(product.vendor)).get("/desk/commerce_specifications/schema/add/").content.decode()
    assert "Own shelf" in text
    assert other.title not in text
