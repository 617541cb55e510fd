"""A guest's cart: a secret cookie, nothing before something is put in, joined at login, nobody else's (2.21)."""

import pytest
from django.conf import settings
from django.test import Client

from commerce.cart import adding, joining, opening
from commerce.cart.conf import COOKIE, COUNT_COOKIE, MOST_LINES, MOST_OF_A_LINE
from commerce.cart.models import Cart, CartLine
from tests.factories.cart import a_cart, a_cart_line
from tests.factories.catalog import a_variant
from tests.factories.members import PASSWORD, a_member, logged_in
from tests.factories.stock import a_stock

pytestmark = pytest.mark.django_db


def a_guest(*variants, quantity=1) -> Client:
    """A browser that put these into its cart."""
    client = Client()
    for variant in variants or (a_variant(),):
        client.post("/cart/add/", {"variant": variant.pk, "quantity": quantity})
    return client


def bought(member) -> list[tuple[int, str]]:
    return list(CartLine.objects.filter(cart__member=member).values_list("quantity", "label"))


class TestCookie:
    def test_looking_around_sets_none(self):
        variant = a_variant()
        client = Client()
        for address in ("/cart/", "/shop/", variant.product.get_absolute_url()):
            assert client.get(address).status_code == 200
        assert COOKIE not in client.cookies
        assert settings.SESSION_COOKIE_NAME not in client.cookies
        assert not Cart.objects.exists()

    def test_it_holds_a_secret_that_scripts_cannot_read_and_the_table_does_not_know(self):
        client = a_guest()
        cookie, number = client.cookies[COOKIE], client.cookies[COUNT_COOKIE]

        assert (cookie["httponly"], cookie["samesite"], cookie["max-age"]) == (True, "Lax", 30 * 86_400)
        assert (number.value, number["httponly"]) == ("1", "")
        cart = Cart.objects.get()
        assert cookie.value.encode() not in bytes(cart.secret_hash)
        assert len(cookie.value) >= 40
        assert settings.SESSION_COOKIE_NAME not in client.cookies

    def test_a_second_thing_goes_into_the_same_cart(self):
        client = a_guest(a_variant(), a_variant())

        assert Cart.objects.count() == 1
        assert client.cookies[COUNT_COOKIE].value == "2"

    @pytest.mark.parametrize("secret", ["", "guessed", "x" * 5_000, "\x80\xff", "%00"])
    def test_a_guessed_secret_opens_nothing(self, secret):
        a_guest()
        client = Client()
        client.cookies[COOKIE] = secret

        assert "cart-line" not in client.get("/cart/").content.decode()
        assert opening.of_guest(secret) is None

    def test_pages_for_guests_stay_the_same_for_all_of_them(self):
        variant = a_variant()
        empty, full = Client(), a_guest(variant)
        address = variant.product.get_absolute_url()

        assert empty.get(address).content == full.get(address).content

    def test_a_guests_cart_is_nobody_elses(self):
        variant = a_variant()
        client = a_guest(variant)
        line = CartLine.objects.get()
        for other in (Client(), a_guest(), logged_in(a_member())):
            assert variant.product.title not in other.get("/cart/").content.decode()
            for act in ("change", "remove"):
                other.post(f"/cart/lines/{line.pk}/{act}/", {"quantity": 7})
            assert other.get(f"/cart/lines/{line.pk}/").status_code == 404
        line.refresh_from_db()
        assert line.quantity == 1
        assert variant.product.title in client.get("/cart/").content.decode()


class TestOrigin:
    @pytest.mark.parametrize(
        "headers", [{"origin": "https://evil.example"}, {"sec-fetch-site": "cross-site"}, {"origin": "null"}]
    )
    def test_a_form_of_another_site_puts_nothing_in(self, headers):
        variant = a_variant()
        for client in (Client(enforce_csrf_checks=True), logged_in(a_member())):
            assert client.post("/cart/add/", {"variant": variant.pk, "quantity": 1}, headers=headers).status_code == 403
        assert not CartLine.objects.exists()

    def test_one_of_this_site_does_without_a_token(self):
        headers = {"origin": "http://testserver", "sec-fetch-site": "same-origin"}
        client = Client(enforce_csrf_checks=True)
        answer = client.post("/cart/add/", {"variant": a_variant().pk, "quantity": 1}, headers=headers)

        assert answer.status_code == 302
        assert CartLine.objects.count() == 1

    def test_what_is_on_the_carts_own_page_needs_its_token(self):
        client = Client(enforce_csrf_checks=True)
        client.post("/cart/add/", {"variant": a_variant().pk, "quantity": 1})
        line = CartLine.objects.get()

        assert client.post(f"/cart/lines/{line.pk}/remove/").status_code == 403
        assert CartLine.objects.count() == 1


class TestJoining:
    def test_the_cart_is_the_members_as_soon_as_the_guest_logs_in(self):
        variant = a_variant()
        client = a_guest(variant, quantity=2)
        member = a_member(password=PASSWORD)
        secret = client.cookies[COOKIE].value

        client.post("/accounts/login/", {"login": member.username, "password": PASSWORD})

        assert bought(member) == [(2, "")]
        assert Cart.objects.count() == 1
        assert opening.of_guest(secret) is None
        answer = client.get("/cart/")
        assert variant.product.title in answer.content.decode()
        assert answer.cookies[COOKIE].value == answer.cookies[COUNT_COOKIE].value == ""

    def test_equal_lines_are_added_up_and_others_come_along(self):
        member, shared, other = a_member(), a_variant(), a_variant()
        cart = a_cart(member)
        adding.add(cart=cart, by=member, variant_id=shared.pk, quantity=3)
        adding.add(cart=cart, by=member, variant_id=shared.pk, quantity=1, label="Mother")
        guests, secret = opening.for_guest()
        for variant, quantity in ((shared, 2), (other, 4)):
            adding.add(cart=guests, by=None, variant_id=variant.pk, quantity=quantity)

        joining.join(member, secret)

        assert sorted(bought(member)) == [(1, "Mother"), (4, ""), (5, "")]

    def test_again_changes_nothing(self):
        member = a_member()
        guests, secret = opening.for_guest()
        adding.add(cart=guests, by=None, variant_id=a_variant().pk)

        assert joining.join(member, secret) is not None
        assert joining.join(member, secret) is None
        assert bought(member) == [(1, "")]

    def test_bounds_are_kept(self):
        member, variant = a_member(), a_variant()
        cart = a_cart(member)
        adding.add(cart=cart, by=member, variant_id=variant.pk, quantity=MOST_OF_A_LINE)
        CartLine.objects.bulk_create(
            CartLine(cart=cart, variant=variant, quantity=1, seen_price=1, specification={"n": str(number)})
            for number in range(MOST_LINES - 2)
        )
        guests, secret = opening.for_guest()
        for one in (variant, a_variant(), a_variant()):
            adding.add(cart=guests, by=None, variant_id=one.pk)

        joining.join(member, secret)

        assert len(bought(member)) == MOST_LINES
        assert max(bought(member)) == (MOST_OF_A_LINE, "")

    def test_a_members_cart_is_joined_with_no_other_members(self):
        theirs = a_cart_line()
        assert joining.join(a_member(), "x" * 43) is None
        assert CartLine.objects.get() == theirs

    def test_who_logs_in_without_a_cart_gets_none(self):
        member = a_member(password=PASSWORD)
        Client().post("/accounts/login/", {"login": member.username, "password": PASSWORD})
        assert not Cart.objects.exists()

    def test_who_is_held_up_at_login_finds_it_at_the_cart(self, monkeypatch):
        client, member = a_guest(), a_member()
        monkeypatch.setattr("commerce.cart.registering.joined", lambda *args: None)
        client.force_login(member, backend="allauth.account.auth_backends.AuthenticationBackend")
        assert bought(member) == []

        client.get("/cart/")

        assert bought(member) == [(1, "")]


def test_the_number_in_the_frame_is_the_members_own():
    member = a_member()
    cart = a_cart(member)
    a_cart_line(cart, quantity=5), a_cart_line(cart)
    a_cart_line()

    page = logged_in(member).get("/cart/").content.decode()

    assert 'data-spent-cookie="cart_number">2<' in page


def test_scripts_get_the_number_with_what_was_put_in():
    variant = a_variant()
    a_stock(3, variant=variant)
    answer = Client().post("/cart/add/", {"variant": variant.pk, "quantity": 2}, headers={"hx-request": "true"})

    assert answer.status_code == 200
    assert 'id="cart-number" hx-swap-oob="true">1<' in answer.content.decode()
