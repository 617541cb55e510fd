"""Before something is made: a proof, and what the buyer says to it (2.25)."""

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import translation

from commerce.catalog.errors import UnknownPicture
from commerce.orders import preparing, proofing, shipping
from commerce.orders.errors import IllegalStep, NothingToShow, NotYourOrder, ReasonNeeded
from commerce.orders.models import Order, Proof
from tests.factories.catalog import seller_of
from tests.factories.members import a_member, logged_in, with_token
from tests.factories.orders import an_order
from tests.factories.specifications import a_schema
from tests.factories.uploads import an_upload

pytestmark = pytest.mark.django_db


@pytest.fixture
def order():
    schema = a_schema()
    order = an_order(schema.product.variants.get())
    order.lines.filter(kind="item").update(schema=schema)
    return order


def show(order, text="Like this?", **what):
    return proofing.send_proof(by=seller_of(order.vendor), order_id=order.pk, text=text, **what)


def fresh(order):
    return Order.objects.get(pk=order.pk)


def test_the_vendor_shows_and_the_buyer_approves(order):
    show(order)
    assert (fresh(order).state, fresh(order).fulfilment) == ("confirmed", "proofing")
    proofing.approve_proof(by=order.purchase.member, order_id=order.pk)
    proof = Proof.objects.get()
    assert (fresh(order).fulfilment, proof.approved) == ("approved", True)
    assert proof.decided_at is not None
    preparing.begin_making(by=seller_of(order.vendor), order_id=order.pk)
    shipping.ship(by=seller_of(order.vendor), order_id=order.pk)
    assert fresh(order).fulfilment == "shipped"


def test_the_buyer_asks_for_changes_and_sees_another(order):
    show(order)
    proofing.ask_for_changes(by=order.purchase.member, order_id=order.pk, answer="A little wider")
    show(order, "Wider")
    first, second = Proof.objects.all()
    assert (first.approved, first.answer, second.approved) == (False, "A little wider", None)
    assert order.events.get(event="proof_declined").reason == "A little wider"


def test_another_proof_takes_the_place_of_one_that_waits(order):
    show(order)
    show(order, "Better")
    assert [proof.approved for proof in Proof.objects.all()] == [False, None]


def test_while_a_proof_waits_nothing_is_sent(order):
    show(order)
    with pytest.raises(IllegalStep):
        shipping.ship(by=seller_of(order.vendor), order_id=order.pk)


def test_a_proof_shows_something_of_ones_own(order):
    with pytest.raises(NothingToShow):
        show(order, "  ")
    with pytest.raises(UnknownPicture):
        show(order, picture=an_upload(a_member()).pk)
    assert not Proof.objects.exists()
    picture = an_upload(seller_of(order.vendor))
    show(order, "", picture=picture.pk)
    assert type(picture).objects.visible_to(order.purchase.member).filter(pk=picture.pk).exists()


def test_each_side_does_its_own_part(order):
    with pytest.raises(NotYourOrder):
        proofing.send_proof(by=order.purchase.member, order_id=order.pk, text="Mine")
    show(order)
    with pytest.raises(NotYourOrder):
        proofing.approve_proof(by=seller_of(order.vendor), order_id=order.pk)
    with pytest.raises(ReasonNeeded):
        proofing.ask_for_changes(by=order.purchase.member, order_id=order.pk, answer=" ")


def test_there_is_nothing_to_approve_before_it_is_shown(order):
    with pytest.raises(IllegalStep):
        proofing.approve_proof(by=order.purchase.member, order_id=order.pk)


def test_the_database_lets_one_wait_and_dates_what_was_decided(order):
    show(order)
    with pytest.raises(IntegrityError, match="orders_one_proof_waits"), transaction.atomic():
        Proof.objects.create(order=order, text="Second")
    with pytest.raises(IntegrityError, match="orders_proof_decided_is_dated"), transaction.atomic():
        Proof.objects.update(approved=True)


def test_on_the_page_the_buyer_looks_and_decides(order):
    show(order, "Like this, in walnut?")
    browser = logged_in(order.purchase.member)
    with translation.override("en"):
        text = browser.get(order.get_absolute_url(), headers={"Accept-Language": "en"}).content.decode()
    assert "Like this, in walnut?" in text
    assert "A proof waits for you" in text
    address = f"{order.get_absolute_url()}proof/changes/"
    assert browser.get(address).status_code == 200
    assert browser.post(address, {"answer": ""}).status_code == 400
    assert browser.post(address, {"answer": "In oak"}).status_code == 302
    show(order, "In oak")
    browser.post(f"{order.get_absolute_url()}proof/approve/")
    assert fresh(order).fulfilment == "approved"


def test_over_rest(order):
    vendor = Client(headers=with_token(seller_of(order.vendor), "vendor"))
    buyer = Client(headers=with_token(order.purchase.member, "orders"))
    address = f"/api/v1/orders/{order.pk}/proofs/"
    shown = vendor.post(address, {"text": "Like this?"}, content_type="application/json")
    assert (shown.status_code, shown.json()["fulfilment"]) == (201, "proofing")
    assert shown.json()["proofs"][0]["approved"] is None
    assert "decide_proof" in buyer.get(f"/api/v1/orders/{order.pk}/").json()["possible"]
    no = buyer.post(f"{address}decision/", {"approved": False}, content_type="application/json")
    assert (no.status_code, no.json()["errors"][0]["code"]) == (400, "required")
    yes = buyer.post(f"{address}decision/", {"approved": True}, content_type="application/json")
    assert (yes.status_code, yes.json()["fulfilment"]) == (200, "approved")
