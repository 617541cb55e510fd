"""Receipts: what they add up to, the page, and a PDF with Korean text (2.26; bills by label, 2.24)."""

import re
import zlib
from base64 import a85decode

import pytest
from django.utils import translation

from commerce.orders import cancelling, reading, receipts
from tests.factories.catalog import a_product, a_shop, a_variant
from tests.factories.members import a_member, logged_in
from tests.factories.orders import a_purchase
from tests.factories.quotes import an_asked

pytestmark = pytest.mark.django_db


def whole(purchase):
    return reading.find_purchase(purchase.number, purchase.member)


def streams(pdf):
    """Every stream of a PDF, unpacked."""
    raw = [one.strip(b"\r\n") for one in re.findall(rb"stream\r?\n(.*?)endstream", pdf, re.S)]
    return [zlib.decompress(one) if one.startswith(b"x\x9c") else _from_text(one) for one in raw]


def _from_text(raw):
    """A stream that was written in letters first."""
    return zlib.decompress(a85decode(raw.removesuffix(b"~>"))) if raw.endswith(b"~>") else raw


def letters(pdf):
    """The letters that the embedded fonts can draw and name, by their ToUnicode maps."""
    text = b"".join(stream for stream in streams(pdf) if b"beginbfrange" in stream or b"beginbfchar" in stream)
    return {chr(int(code, 16)) for code in re.findall(rb"<([0-9A-Fa-f]{4})>", text)}


def test_the_sums_of_a_receipt_are_those_of_the_purchase():
    lamp = a_product("Moon lamp", price=30_000).variants.get()
    book = a_product("Book", price=12_000, tax_rate=0).variants.get()
    purchase = a_purchase((lamp, 2), book, off=1_000, points=500)
    receipt = receipts.receipt_of(whole(purchase))
    assert (receipt.goods, receipt.discount, receipt.delivery) == (72_000, 2_000, 6_000)
    assert (receipt.amount, receipt.points, receipt.points_worth, receipt.total) == (76_000, 500, 500, 75_500)
    assert sum(part.amount for part in receipt.parts) == receipt.amount
    assert sum(tax.before + tax.tax for tax in receipt.taxes) == receipt.amount
    lines = [line for order in purchase.orders.all() for line in order.lines.all()]
    assert sum(tax.tax for tax in receipt.taxes) == sum(line.tax for line in lines)
    assert [tax.rate for tax in receipt.taxes] == [1000, 0]


def test_what_was_cancelled_bears_no_tax_any_more():
    variant = a_variant(price=11_000)
    purchase = a_purchase((variant, 3))
    order = purchase.orders.get()
    line = order.lines.get(kind="item")
    cancelling.cancel_lines(by=purchase.member, order_id=order.pk, lines={line.pk: 2})
    receipt = receipts.receipt_of(whole(purchase))
    assert [(tax.before, tax.tax) for tax in receipt.taxes] == [(10_000 + 2_727, 1_000 + 273)]
    assert receipt.parts[0].rows[0].cancelled == 2


def test_one_bill_is_split_by_the_buyers_labels():
    shop = a_shop()
    lamp, cup = (a_product(vendor=shop, price=price).variants.get() for price in (30_000, 5_000))
    purchase = a_purchase(an_asked(lamp, label="Mina"), an_asked(cup, 2, label="Office"), an_asked(lamp))
    with translation.override("en"):
        labels = receipts.receipt_of(whole(purchase)).labels
    assert labels == [("Mina", 30_000), ("Office", 10_000), ("Without a label", 30_000)]
    assert receipts.receipt_of(whole(a_purchase())).labels == []


def test_the_page_says_who_sold_it_as_law_asks():
    purchase = a_purchase((a_product("Moon lamp").variants.get(), 2))
    reply = logged_in(purchase.member).get(f"/purchases/{purchase.number}/receipt/", headers={"Accept-Language": "en"})
    text = reply.content.decode()
    vendor = purchase.orders.get().vendor
    for told in (vendor.legal_name, vendor.business_number, vendor.address, "Moon lamp", "₩23,000", purchase.number):
        assert told in text, told


@pytest.mark.parametrize("address", ["receipt/", "receipt.pdf"])
def test_what_was_not_paid_has_no_receipt(address):
    purchase = a_purchase(placed=False)
    assert logged_in(purchase.member).get(f"/purchases/{purchase.number}/{address}").status_code == 404


@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_pdf_draws_every_korean_syllable_with_a_font_of_its_own(language):
    title = "봄날 훑고 읊는 뷁 시집"
    purchase = a_purchase((a_product(title).variants.get(), 2), off=100, by=a_member(language=language))
    reply = logged_in(purchase.member).get(
        f"/purchases/{purchase.number}/receipt.pdf", headers={"Accept-Language": language}
    )
    assert (reply.status_code, reply["Content-Type"]) == (200, "application/pdf")
    assert f'filename="receipt-{purchase.number}.pdf"' in reply["Content-Disposition"]
    assert reply.content.startswith(b"%PDF-")
    assert reply.content.count(b"/FontFile2") >= 2
    heading = "영수증" if language == "ko" else "Receipt"
    wanted = set(title + heading + purchase.address["name"] + purchase.orders.get().vendor.legal_name) - {" "}
    assert wanted - letters(reply.content) == set()


def test_a_long_purchase_runs_over_several_pages():
    shop = a_shop()
    purchase = a_purchase(*[a_product(f"Thing {number}", vendor=shop).variants.get() for number in range(60)])
    pdf = logged_in(purchase.member).get(f"/purchases/{purchase.number}/receipt.pdf").content
    assert pdf.count(b"/Type /Page\n") >= 2
