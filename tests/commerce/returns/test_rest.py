"""Returns and refunds over REST (2.31, 2.37)."""

import uuid

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from commerce.payments.models import Refund
from commerce.returns.models import Return
from tests.factories.catalog import a_shop, seller_of
from tests.factories.checkout import goods
from tests.factories.delivery import a_method
from tests.factories.members import a_member, an_operator, with_token
from tests.factories.returns import a_received_return, a_return, an_accepted_return, an_arrived_order, goods_of

pytestmark = pytest.mark.django_db


def post(path, by, scope="vendor", key=None, **body):
    headers = with_token(by, scope) | ({"Idempotency-Key": key} if key else {})
    return Client().post(f"/api/v1/{path}", body, content_type="application/json", headers=headers)


def get(path, by, scope):
    return Client().get(f"/api/v1/{path}", headers=with_token(by, scope))


def code_of(reply) -> str:
    return reply.json()["errors"][0]["code"]


def lines_of(order, quantity=1, **fields):
    return [{"line": str(line.pk), "quantity": quantity, **fields} for line in goods_of(order)]


def test_from_asking_to_the_refund() -> None:
    cup = goods(10_000)
    a_method(cup.product.vendor, fee=3_000)
    order = an_arrived_order((cup, 2))
    buyer, seller = order.purchase.member, seller_of(order.vendor)
    asked = post(f"orders/{order.pk}/returns/", buyer, "orders", lines=lines_of(order, 1, reason="damaged"))
    assert asked.status_code == 201
    said = asked.json()
    assert (said["state"], said["order"], said["amount"], said["currency"]) == (
        "requested",
        str(order.pk),
        "10000",
        "KRW",
    )
    path = f"orders/{order.pk}/returns/{said['id']}/"
    assert post(path + "decision/", seller, accepted=True).json()["state"] == "accepted"
    assert post(path + "sent/", buyer, "orders", carrier="cj", tracking="12-34").json()["tracking"] == "1234"
    received = post(path + "received/", seller, lines=lines_of(order, 1, good=0))
    assert (received.status_code, received.json()["lines"][0]["good"]) == (200, 0)
    refunded = post(f"orders/{order.pk}/refunds/", seller, key="k", lines=lines_of(order, 1))
    assert refunded.status_code == 201
    assert (refunded.json()["amount"], refunded.json()["state"]) == ("10000", "pending")
    assert get(f"returns/{said['id']}/", buyer, "orders").json()["state"] == "refunded"


def test_reasons_in_ones_own_words_are_another_reason() -> None:
    order = an_arrived_order()
    reply = post(
        f"orders/{order.pk}/returns/", order.purchase.member, "orders", lines=lines_of(order, reason="too small")
    )
    line = reply.json()["lines"][0]
    assert (line["reason"], line["words"]) == ("other", "too small")


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        (None, "required"),
        ([], "empty"),
        ([{"quantity": 1, "reason": "wrong"}], "required"),
        ([{"line": "x", "quantity": 1, "reason": "wrong"}], "invalid"),
        ([{"line": str(uuid.uuid4()), "quantity": 1, "reason": "wrong"}], "unknown_line"),
        ([{"line": 0, "quantity": 0, "reason": "wrong"}], "min_value"),
        ([{"line": 0, "quantity": 1.5, "reason": "wrong"}], "invalid"),
        ([{"line": 0, "quantity": 2, "reason": "wrong"}], "too_many_units"),
        ([{"line": 0, "quantity": 1}], "required"),
        ([{"line": 0, "quantity": 1, "reason": "wrong", "price": "1"}], "unknown_field"),
    ],
)
def test_a_body_that_cannot_be_is_refused(lines, code) -> None:
    order = an_arrived_order()
    own = str(goods_of(order)[0].pk)
    for line in lines or []:
        line["line"] = own if line.get("line") == 0 else line.get("line", "")
        if not line["line"]:
            del line["line"]
    body = {} if lines is None else {"lines": lines}
    reply = post(f"orders/{order.pk}/returns/", order.purchase.member, "orders", **body)
    assert (reply.status_code, code_of(reply)) == (400, code)
    assert not Return.objects.exists()


def test_the_key_refunds_once_and_without_a_key_nothing_goes_back() -> None:
    row = a_received_return()
    path, seller = f"orders/{row.order_id}/refunds/", seller_of(row.order.vendor)
    assert code_of(post(path, seller)) == "idempotency_key_required"
    first, again = post(path, seller, key="k"), post(path, seller, key="k")
    assert (first.json(), again["Idempotent-Replayed"]) == (again.json(), "true")
    assert post(path, seller, key="k", amount="1").status_code == 422
    assert code_of(post(path, seller, key="other")) == "nothing_to_refund"
    assert Refund.objects.count() == 1


def test_an_amount_is_goodwill() -> None:
    order = an_arrived_order(goods(10_000))
    path, seller = f"orders/{order.pk}/refunds/", seller_of(order.vendor)
    assert post(path, seller, key="a", amount="2500").json()["amount"] == "2500"
    assert code_of(post(path, seller, key="b", amount="7501")) == "refund_too_large"
    assert code_of(post(path, seller, key="c", amount="1.5")) == "invalid_amount"
    assert code_of(post(path, seller, key="d", amount="0")) == "nothing_to_refund"
    assert code_of(post(path, seller, key="e", amount="1", lines=lines_of(order))) == "lines_or_amount"


def test_the_short_address_of_a_return_does_the_same() -> None:
    row = a_return()
    seller = seller_of(row.order.vendor)
    assert code_of(post(f"returns/{row.pk}/decision/", seller, accepted=False)) == "required"
    assert post(f"returns/{row.pk}/decision/", seller, accepted=True).json()["state"] == "accepted"
    assert post(f"orders/{row.order_id}/received/", seller).json()["state"] == "received"
    assert post(f"returns/{row.pk}/refunds/", seller, key="k").status_code == 201


def test_a_return_is_found_below_its_own_order_only() -> None:
    row, other = a_return(), an_arrived_order()
    reply = post(f"orders/{other.pk}/returns/{row.pk}/decision/", seller_of(row.order.vendor), accepted=True)
    assert reply.status_code == 404
    assert Return.objects.get().state == "requested"


def test_each_scope_opens_its_own_rows() -> None:
    row = a_return()
    buyer, seller = row.order.purchase.member, seller_of(row.order.vendor)
    seen = {
        (name, scope): len(get("returns/", by, scope).json()["results"])
        for name, by in {"buyer": buyer, "seller": seller, "operator": an_operator(), "stranger": a_member()}.items()
        for scope in ("orders", "vendor", "operate")
        if scope != "operate" or by.is_operator
    }
    assert {key for key, count in seen.items() if count} == {
        ("buyer", "orders"),
        ("seller", "vendor"),
        ("operator", "operate"),
    }
    assert get("returns/", buyer, "read").status_code == 403


def test_lists_narrow_by_state_and_by_order() -> None:
    row = a_return()
    buyer = row.order.purchase.member
    assert len(get("returns/?state=requested", buyer, "orders").json()["results"]) == 1
    assert get("returns/?state=refunded", buyer, "orders").json()["results"] == []
    assert len(get(f"orders/{row.order_id}/returns/", buyer, "orders").json()["results"]) == 1
    assert code_of(get("returns/?state=lost", buyer, "orders")) == "invalid_choice"


@pytest.mark.parametrize("act", ["decision", "received", "refunds", "replacement"])
def test_others_cannot_tell_whether_it_is_there(act) -> None:
    row = an_accepted_return()
    body = {"accepted": True} if act == "decision" else {}
    foreign = seller_of(a_shop())
    for return_id in (row.pk, uuid.uuid4()):
        assert post(f"orders/{row.order_id}/returns/{return_id}/{act}/", foreign, key="k", **body).status_code == 404
    assert Return.objects.get().state == "accepted"


def test_a_list_of_many_takes_no_more_queries_than_one_of_one() -> None:
    member, asked = a_member(), []
    headers = with_token(member, "orders")
    for number in range(4):
        a_return(an_arrived_order(by=member))
        with CaptureQueriesContext(connection) as queries:
            Client().get("/api/v1/returns/", headers=headers)
        asked += [len(queries)] if number else []  # the first request of a token notes that it is used
    assert asked[0] == asked[1] == asked[2]
