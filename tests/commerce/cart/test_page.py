"""The cart's page and its forms, with scripts and without (2.21, 2.22, 2.24)."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.html import escape

from commerce.cart.models import CartLine
from commerce.catalog import variants
from tests.factories.cart import a_cart, a_cart_line
from tests.factories.catalog import a_product, a_shop, a_variant, seller_of
from tests.factories.delivery import a_method, an_address
from tests.factories.members import a_member, logged_in
from tests.factories.specifications import VALUES, a_schema
from tests.factories.stock import a_stock
from tests.factories.uploads import an_upload

pytestmark = pytest.mark.django_db
HTMX = {"hx-request": "true"}


def a_reader(**fields):
    member = a_member(language="en", **fields)
    return a_cart(member), logged_in(member)


def words(page) -> str:
    """What is read on a page: without tags, spaces folded."""
    return " ".join(re.sub(r"<[^>]+>", " ", page.content.decode()).split())


def goods(vendor=None, *, price=10_000, stock=100, title=""):
    variant = a_product(title, vendor=vendor or a_shop(), price=price).variants.get()
    a_stock(stock, variant=variant)
    return variant


class TestPage:
    def test_nobody_is_sent_away_from_an_empty_cart(self):
        for client in (a_reader()[1], logged_in(None)):
            page = client.get("/cart/", headers={"accept-language": "en"})
            assert page.status_code == 200
            assert "Nothing is in your cart yet" in words(page)
            assert "no-store" in page["Cache-Control"]

    def test_lines_stand_by_vendor_with_fees_thresholds_and_taxes(self):
        cart, client = a_reader()
        tea, wood = a_shop("Tea"), a_shop("Wood")
        a_method(tea, fee=2_500, free_from=50_000)
        a_method(wood, fee=3_000)
        a_cart_line(cart, goods(tea), 2), a_cart_line(cart, goods(wood)), a_cart_line(cart, goods(tea))

        page = client.get("/cart/")

        said = words(page)
        assert [shelf.vendor.name for shelf in page.context["shown"].shelves] == ["Tea", "Wood"]
        assert "₩20,000 more from here, and delivery is free." in said
        assert "Together ₩45,500" in said
        assert "₩4,136 of it is tax, included already." in said

    def test_a_specification_is_shown_in_words(self):
        cart, client = a_reader()
        a_cart_line(cart, a_schema().product.variants.get(), **VALUES)

        assert "Wood Walnut Width 62.5 cm Engraving 하늘" in words(client.get("/cart/"))

    def test_a_price_that_rose_is_said_once_and_then_counts_as_seen(self):
        cart, client = a_reader()
        line = a_cart_line(cart, goods())
        variants.change_price(by=seller_of(line.variant.vendor), variant=line.variant, price=12_000)

        first, second = words(client.get("/cart/")), words(client.get("/cart/"))

        assert "The price went up since you last looked: from ₩10,000 to ₩12,000 each." in first
        assert "went up" not in second
        line.refresh_from_db()
        assert line.seen_price == 12_000

    def test_a_price_that_fell_is_said_too(self):
        cart, client = a_reader()
        line = a_cart_line(cart, goods())
        variants.change_price(by=seller_of(line.variant.vendor), variant=line.variant, price=9_000)

        assert "Cheaper since you last looked: ₩9,000 instead of ₩10,000 each." in words(client.get("/cart/"))

    def test_what_cannot_be_bought_says_why_and_is_not_in_the_sum(self):
        cart, client = a_reader()
        a_cart_line(cart, goods(price=7_000))
        a_cart_line(cart, goods(stock=2), 4)

        said = words(client.get("/cart/"))

        assert "1 thing cannot be bought as it stands" in said
        assert "Only 2 are left. Choose fewer." in said
        assert "Together ₩7,000" in said
        assert "To checkout" not in said

    def test_a_way_of_delivery_is_chosen_by_the_address(self):
        cart, client = a_reader()
        shop = a_shop()
        a_method(shop, fee=3_000)
        pickup = a_method(shop, name="Pick-up", kind="pickup", place="Mapo-daero 1", fee=0, position=1)
        a_cart_line(cart, goods(shop))

        assert "Together ₩13,000" in words(client.get("/cart/"))
        chosen = client.get("/cart/", {f"delivery.{shop.slug}": str(pickup.pk)})
        assert "Together ₩10,000" in words(chosen)
        assert f"?delivery.{shop.slug}={pickup.pk}" in chosen.content.decode()
        for nonsense in ("standard", "x" * 500, "' OR 1=1"):
            assert "Together ₩13,000" in words(client.get("/cart/", {f"delivery.{shop.slug}": nonsense}))

    def test_fees_are_those_of_where_the_last_parcel_went(self):
        cart, client = a_reader()
        shop = a_shop()
        a_method(shop, fee=3_000, remote_fee=4_000)
        a_cart_line(cart, goods(shop))
        an_address(cart.member, postcode="63122")

        said = words(client.get("/cart/"))

        assert "Together ₩17,000" in said
        assert "Delivered to 63122" in said

    def test_a_vendor_that_does_not_deliver_there_is_said_and_the_cart_stays(self):
        cart, client = a_reader()
        shop = a_shop()
        a_method(shop, fee=3_000)
        a_cart_line(cart, goods(shop))
        an_address(cart.member, country="GB", postcode="SW1Y 4JH")

        said = words(client.get("/cart/"))

        assert "This vendor does not deliver to that country." in said
        assert "Not to your address" in said
        assert "Together ₩13,000" in said

    def test_the_bill_is_split_by_ones_own_labels(self):
        cart, client = a_reader()
        shop = a_shop()
        a_method(shop, fee=3_000)
        a_cart_line(cart, goods(shop, price=20_000), label="Mother")
        a_cart_line(cart, goods(shop, price=10_000))

        said = words(client.get("/cart/"))

        assert "By label" in said
        assert "Mother ₩2,000 of it for delivery ₩22,000" in said
        assert "Without a label ₩1,000 of it for delivery ₩11,000" in said

    def test_a_label_is_text_and_no_markup(self):
        cart, client = a_reader()
        a_cart_line(cart, goods(), label="<script>alert(1)</script>")

        page = client.get("/cart/").content.decode()

        assert escape("<script>alert(1)</script>") in page
        assert "<script>alert(1)" not in page

    def test_the_same_number_of_queries_at_one_line_and_at_twenty(self):
        def cost(number):
            cart, client = a_reader()
            an_address(cart.member)
            for _each in range(number):
                vendor = a_shop()
                a_method(vendor)
                schema = a_schema(product=a_product(vendor=vendor, kind="made_to_order", price=9_000))
                picture = an_upload(owner=cart.member)
                a_cart_line(cart, schema.product.variants.get(), **VALUES, drawing=str(picture.pk))
            client.get("/cart/")
            with CaptureQueriesContext(connection) as queries:
                assert client.get("/cart/").status_code == 200
            return len([query for query in queries if "community_site_site" not in query["sql"]])

        one, twenty = cost(1), cost(20)

        assert one == twenty
        assert one <= 12


class TestForms:
    def test_the_steps_beside_the_number_work_without_scripts(self):
        cart, client = a_reader()
        line = a_cart_line(cart, goods(), 3)
        for said, expected in (
            ({"quantity": 3, "step": 1}, 4),
            ({"quantity": 4, "step": -1}, 3),
            ({"quantity": 1, "step": -1}, 1),
            ({"quantity": 9}, 9),
        ):
            assert client.post(f"/cart/lines/{line.pk}/change/", said)["Location"] == "/cart/"
            line.refresh_from_db()
            assert line.quantity == expected

    @pytest.mark.parametrize("quantity", ["0", "-3", "1.5", "1e3", "10000", "9" * 400, "x"])
    def test_a_number_that_cannot_be_is_refused_where_it_stands(self, quantity):
        cart, client = a_reader()
        line = a_cart_line(cart, goods(), 3)

        page = client.post(f"/cart/lines/{line.pk}/change/", {"quantity": quantity})

        assert page.status_code == 400
        assert "Enter a whole number, at least 1" in words(page)
        line.refresh_from_db()
        assert line.quantity == 3

    def test_scripts_get_the_cart_alone_and_the_number_for_the_frame(self):
        cart, client = a_reader()
        line, _other = a_cart_line(cart, goods(), 3), a_cart_line(cart, goods())

        page = client.post(f"/cart/lines/{line.pk}/remove/", headers=HTMX)

        said = page.content.decode()
        assert "<html" not in said
        assert 'id="cart-number" hx-swap-oob="true">1<' in said

    def test_a_label_is_kept_changed_and_taken_off(self):
        cart, client = a_reader()
        line = a_cart_line(cart, goods())
        for label in ("Mother", "Office", ""):
            client.post(f"/cart/lines/{line.pk}/change/", {"label": label})
            line.refresh_from_db()
            assert (line.label, line.quantity) == (label, 1)
        assert client.post(f"/cart/lines/{line.pk}/change/", {"label": "x" * 41}).status_code == 400

    def test_what_is_in_the_way_goes_at_once(self):
        cart, client = a_reader()
        a_cart_line(cart, a_variant()), a_cart_line(cart, goods())

        client.post("/cart/hindered/remove/")

        assert CartLine.objects.filter(cart=cart).count() == 1

    def test_the_choice_of_delivery_is_carried_on(self):
        cart, client = a_reader()
        line = a_cart_line(cart, goods())
        answer = client.post(f"/cart/lines/{line.pk}/change/?delivery.a=b&next=//evil.example", {"quantity": 2})

        assert answer["Location"] == "/cart/?delivery.a=b"

    def test_without_a_cart_there_is_nothing_to_change(self):
        line = a_cart_line()
        client = logged_in(a_member())
        assert client.post(f"/cart/lines/{line.pk}/change/", {"quantity": 2}).status_code == 404
        assert client.post("/cart/hindered/remove/").status_code == 404


class TestLine:
    def test_made_anew_and_saved(self):
        cart, client = a_reader()
        schema = a_schema()
        line = a_cart_line(cart, schema.product.variants.get(), **VALUES)
        said = {"quantity": 2, "label": "Mother", "spec-wood": "oak", "spec-width": "50"}

        assert 'value="62.5"' in client.get(f"/cart/lines/{line.pk}/").content.decode()
        assert client.post(f"/cart/lines/{line.pk}/", said).status_code == 302
        line.refresh_from_db()
        assert (line.quantity, line.label, line.specification) == (2, "Mother", {"wood": "oak", "width": "50"})

    def test_what_does_not_fit_comes_back_with_all_that_was_entered(self):
        cart, client = a_reader()
        line = a_cart_line(cart, a_schema().product.variants.get(), **VALUES)

        page = client.post(f"/cart/lines/{line.pk}/", {"quantity": 2, "spec-wood": "oak", "spec-width": "5000"})

        assert page.status_code == 400
        assert 'value="5000"' in page.content.decode()
        line.refresh_from_db()
        assert line.specification == VALUES


class TestProductPage:
    def test_what_can_be_bought_can_be_put_in_and_what_is_sold_out_cannot(self):
        client = a_reader()[1]
        there, gone = goods(), goods(stock=0)

        assert 'action="/cart/add/"' in client.get(there.product.get_absolute_url()).content.decode()
        assert "/cart/add/" not in client.get(gone.product.get_absolute_url()).content.decode()

    def test_what_is_made_to_order_is_sent_with_its_specification(self):
        cart, client = a_reader()
        schema = a_schema()
        page = client.get(schema.product.get_absolute_url()).content.decode()
        assert 'form="specification-form" formmethod="post" formaction="/cart/add/"' in page

        variant = schema.product.variants.get()
        said = {"variant": variant.pk, "quantity": 2, "spec-wood": "walnut", "spec-width": "62.5", "price": "1"}
        answer = client.post("/cart/add/", said)

        line = CartLine.objects.get(cart=cart)
        assert answer["Location"] == f"/cart/?added={line.pk}"
        assert (line.quantity, line.seen_price) == (2, 90_000 + 30_000 + 20_813)

    def test_what_must_still_be_specified_is_asked_for_and_nothing_is_lost(self):
        client = a_reader()[1]
        variant = a_schema().product.variants.get()
        said = {"variant": variant.pk, "quantity": 7, "spec-wood": "walnut", "spec-engraving": "하늘"}

        page = client.post("/cart/add/", said)

        assert page.status_code == 400
        assert page.content.decode().count("has-errors") == 1
        for kept in ('value="7"', 'value="하늘"'):
            assert kept in page.content.decode()
        assert not CartLine.objects.exists()

    @pytest.mark.parametrize(
        "said", [{}, {"variant": "x", "quantity": 1}, {"quantity": 1}, {"variant": "", "quantity": ""}]
    )
    def test_a_form_that_names_nothing_is_refused(self, said):
        assert a_reader()[1].post("/cart/add/", said).status_code == 400

    @pytest.mark.parametrize("quantity", ["0", "-1", "1.5", "10000", "9" * 300])
    def test_a_number_that_cannot_be_puts_nothing_in(self, quantity):
        client = a_reader()[1]
        assert client.post("/cart/add/", {"variant": goods().pk, "quantity": quantity}).status_code == 400
        assert not CartLine.objects.exists()
