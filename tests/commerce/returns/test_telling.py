"""Who is told what of a return, on the page and by letter, in the reader's language."""

import datetime as dt

import pytest

from commerce.returns import deciding, overdue, refunding, replacing, sending
from community.foundation import clock
from community.notifications.composing import compose
from community.notifications.models import Letter, Notice
from tests.factories.catalog import a_product, seller_of
from tests.factories.checkout import goods
from tests.factories.members import a_member
from tests.factories.orders import an_order
from tests.factories.returns import a_received_return, a_return, an_accepted_return, an_arrived_order
from tests.factories.vendors import a_clerk

pytestmark = pytest.mark.django_db
OURS = ("return", "goodwill")


def told(member) -> list[str]:
    kinds = Notice.objects.filter(member=member).order_by("at", "pk").values_list("kind", flat=True)
    return [kind for kind in kinds if kind.startswith(OURS)]


def people(row):
    return row.order.purchase.member, seller_of(row.order.vendor)


def test_the_whole_staff_is_asked_and_the_buyer_hears_each_answer(relay) -> None:
    order = an_arrived_order()
    clerk = a_clerk(order.vendor)
    row = a_received_return(order)
    buyer, seller = people(row)
    refunding.refund_return(by=seller, return_id=row.pk)
    relay()
    assert told(clerk) == told(seller) == ["return_requested"]
    assert told(buyer) == ["return_accepted", "return_received", "return_refunded"]
    assert set(Notice.objects.filter(member=buyer, kind__startswith="return").values_list("target_id", flat=True)) == {
        row.pk
    }


def test_a_no_reaches_the_buyer(relay) -> None:
    row = a_return()
    buyer, seller = people(row)
    deciding.decide(by=seller, return_id=row.pk, accepted=False, reason="Worn")
    relay()
    assert told(buyer) == ["return_rejected"]


def test_who_keeps_it_tells_the_staff(relay) -> None:
    row = a_return()
    buyer, seller = people(row)
    sending.withdraw(by=buyer, return_id=row.pk)
    relay()
    assert (told(buyer), told(seller)) == ([], ["return_requested", "return_withdrawn"])


def test_what_time_does_both_hear(relay) -> None:
    row = an_accepted_return()
    buyer, seller = people(row)
    with clock.shifted(dt.timedelta(days=15)):
        overdue.settle_due()
        relay()
    assert told(buyer) == ["return_accepted", "return_lapsed"]
    assert told(seller) == ["return_requested", "return_withdrawn"]


def test_a_replacement_and_goodwill_are_told(relay) -> None:
    row = a_received_return(an_arrived_order((goods(), 2)), wants="replacement")
    buyer, seller = people(row)
    replacing.replace(by=seller, return_id=row.pk)
    refunding.goodwill(by=seller, order_id=row.order_id, amount=1_000, reason="Sorry")
    relay()
    assert told(buyer) == ["return_accepted", "return_received", "return_replaced", "goodwill"]


def test_of_files_nobody_is_told_to_send_them_back(relay) -> None:
    row = an_accepted_return(an_order(a_product(kind="digital").variants.get()))
    relay()
    assert told(row.order.purchase.member) == []


@pytest.mark.parametrize(
    ("language", "words"), [("en", "Your return was turned down"), ("ko", "반품 요청이 거절되었어요")]
)
def test_letters_speak_the_language_of_who_reads_them(relay, language, words) -> None:
    order = an_arrived_order(by=a_member(language=language))
    row = a_return(order)
    deciding.decide(by=seller_of(order.vendor), return_id=row.pk, accepted=False, reason="Worn")
    relay()
    letter = Letter.objects.get(member=order.purchase.member, kind="return_rejected")
    assert words in compose([letter])[letter.pk].subject
