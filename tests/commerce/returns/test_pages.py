"""The buyer's pages of returns: asking, the way back, and what others see of them."""

import datetime as dt

import pytest

from commerce.returns import deciding
from commerce.returns.models import Return
from community.foundation import clock
from tests.factories.catalog import seller_of
from tests.factories.checkout import goods
from tests.factories.members import a_member, logged_in
from tests.factories.returns import a_received_return, a_return, an_accepted_return, an_arrived_order, goods_of

pytestmark = pytest.mark.django_db
ENGLISH = {"Accept-Language": "en"}


def page(row, by=None, path=""):
    by = by or row.order.purchase.member
    return logged_in(by).get(f"/returns/{row.number}/{path}", headers=ENGLISH)


def told(order, count, reason="damaged", **fields):
    line = goods_of(order)[0]
    entered = {f"count-{line.pk}": count, f"reason-{line.pk}": reason, f"words-{line.pk}": "a crack"}
    return {**entered, "wants": "refund", "note": "", **fields}


def ask(order, data, by=None):
    client = logged_in(by or order.purchase.member)
    return client.post(f"/orders/{order.number}/return/", data, headers=ENGLISH)


def test_from_the_form_to_the_page_of_the_return() -> None:
    order = an_arrived_order((goods(), 2))
    client = logged_in(order.purchase.member)
    shown = client.get(f"/orders/{order.number}/return/", headers=ENGLISH).content.decode()
    assert goods_of(order)[0].title in shown
    reply = ask(order, told(order, 2, note="Both of them"))
    row = Return.objects.get()
    assert (reply.status_code, reply["Location"]) == (302, f"/returns/{row.number}/")
    said = page(row).content.decode()
    assert "The vendor looks at it" in said
    assert "a crack" in said
    assert "Both of them" in said
    assert "₩20,000" in said


@pytest.mark.parametrize(
    ("count", "reason", "said"),
    [(0, "damaged", "Choose at least one thing"), (1, "", "Say why it comes back."), (9, "damaged", "9 is not one of")],
)
def test_what_was_entered_stays_beside_what_is_wrong(count, reason, said) -> None:
    order = an_arrived_order((goods(), 2))
    reply = ask(order, told(order, count, reason, note="Keep these words"))
    assert reply.status_code == 400
    assert said in reply.content.decode()
    assert "Keep these words" in reply.content.decode()
    assert not Return.objects.exists()


def test_where_nothing_can_come_back_the_page_says_so() -> None:
    order = an_arrived_order()
    with clock.shifted(dt.timedelta(days=100)):
        shown = logged_in(order.purchase.member).get(f"/orders/{order.number}/return/", headers=ENGLISH)
    assert "can be sent back any more" in shown.content.decode()


def test_after_the_days_of_withdrawal_only_faults_are_offered() -> None:
    order = an_arrived_order()
    with clock.shifted(dt.timedelta(days=20)):
        shown = logged_in(order.purchase.member).get(f"/orders/{order.number}/return/", headers=ENGLISH)
    said = shown.content.decode()
    assert "It is damaged or does not work" in said
    assert "I changed my mind" not in said


def test_the_buyer_says_that_it_is_on_its_way_and_who_pays_for_that() -> None:
    row = an_accepted_return()
    assert "The vendor pays the way back" in page(row).content.decode()
    client = logged_in(row.order.purchase.member)
    empty = client.post(f"/returns/{row.number}/sent/", {"carrier": "", "tracking": ""}, headers=ENGLISH)
    assert empty.status_code == 400
    client.post(f"/returns/{row.number}/sent/", {"carrier": "cj", "tracking": "12-34"})
    said = page(row).content.decode()
    assert "On its way back" in said
    assert "wblNo=1234" in said
    assert "You pay the way back." in page(an_accepted_return(reason="changed_mind")).content.decode()


def test_keeping_it_after_all() -> None:
    row = a_return()
    logged_in(row.order.purchase.member).post(f"/returns/{row.number}/withdrawal/")
    assert Return.objects.get().state == "withdrawn"
    said = page(row).content.decode()
    assert "It stays with you" in said
    assert "I keep it after all" not in said


def test_a_no_shows_its_why() -> None:
    row = a_return()
    deciding.decide(by=seller_of(row.order.vendor), return_id=row.pk, accepted=False, reason="It was worn")
    assert "It was worn" in page(row).content.decode()


def test_the_vendors_staff_reads_it_but_does_not_act_as_the_buyer() -> None:
    row = an_accepted_return()
    said = page(row, seller_of(row.order.vendor)).content.decode()
    assert "Accepted: send it back" in said
    assert "I keep it after all" not in said
    assert "/sent/" not in said


def test_others_find_nothing() -> None:
    row = a_received_return()
    stranger = logged_in(a_member())
    assert stranger.get(f"/returns/{row.number}/").status_code == 404
    assert stranger.get(f"/orders/{row.order.number}/return/").status_code == 404
    assert stranger.post(f"/returns/{row.number}/withdrawal/").status_code == 404
    seller = logged_in(seller_of(row.order.vendor))
    assert seller.get(f"/orders/{row.order.number}/return/").status_code == 404
    assert logged_in(None).get(f"/returns/{row.number}/").status_code == 302
