"""Stock at the desk: what happened, counting many, history, days; one's own alone (2.20, 2.08)."""

import csv
import datetime as dt
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from commerce.catalog.models import Variant
from commerce.stock import holding
from commerce.stock.models import Capacity, Movement, Stock
from community.foundation import clock
from tests.factories.catalog import a_product, a_shop, seller_of
from tests.factories.members import a_member, logged_in
from tests.factories.specifications import a_schema
from tests.factories.stock import a_source, a_stock, numbers, soon, wanted

pytestmark = pytest.mark.django_db
STOCKS, COUNT = "/desk/commerce_stock/stock/", "/desk/commerce_stock/stock/count/"


@pytest.fixture(autouse=True)
def _in_english(settings):
    settings.LANGUAGE_CODE = "en"


def desk_of(stock):
    return logged_in(seller_of(stock.variant.product.vendor))


def change(stock, **told):
    return desk_of(stock).post(f"{STOCKS}{stock.pk}/change/", {"refill_at": "0", **told})


def test_the_vendors_table_of_products_says_what_is_on_hand():
    stock = a_stock(7)
    table = desk_of(stock).get("/desk/commerce_catalog/product/export.csv").content.decode("utf-8-sig")
    assert [row["on_hand"] for row in csv.DictReader(io.StringIO(table))] == ["7"]


@pytest.mark.parametrize(
    ("happened", "number", "left", "reason"),
    [("received", 5, 15, "received"), ("counted", 4, 4, "counted"), ("damaged", 2, 8, "damaged")],
)
def test_what_happened_changes_the_count_and_is_written_down(happened, number, left, reason):
    stock = a_stock(10)
    assert change(stock, happened=happened, number=number, note="Because").status_code == 302
    assert numbers(stock) == (left, 0, left)
    last = Movement.objects.latest("at")
    assert (last.reason, last.note, last.change) == (reason, "Because", left - 10)


def test_a_number_without_what_happened_is_asked_about():
    stock = a_stock(10)
    text = change(stock, number="5").content.decode()
    assert "Say what happened" in text
    assert "Say how many" in change(stock, happened="received").content.decode()
    assert numbers(stock) == (10, 0, 10)


def test_a_refusal_of_the_act_stands_on_the_form():
    stock = a_stock(10)
    holding.hold(lines=wanted((stock, 4)), source=a_source(), until=soon())
    reply = change(stock, happened="counted", number="3")
    assert (reply.status_code, "more are held for buyers" in reply.content.decode()) == (200, True)
    assert numbers(stock) == (10, 4, 6)


def test_when_to_be_told_is_set_there():
    stock = a_stock(10)
    change(stock, refill_at="4")
    assert Stock.objects.get().refill_at == 4


def test_many_are_counted_on_one_page_and_each_row_answers_for_itself():
    stock = a_stock(10)
    vendor = stock.variant.product.vendor
    never = a_product(vendor=vendor).variants.get()
    data = {
        "sku": [stock.variant.sku, never.sku, "UNKNOWN", stock.variant.sku],
        "on_hand": ["8", "3", "5", "-1"],
        "note": "Monday",
    }
    text = desk_of(stock).post(COUNT, data).content.decode()
    assert numbers(stock) == (8, 0, 8)
    assert Stock.objects.get(variant=never).on_hand == 3
    assert "2 of them refused" in text
    assert "You have nothing with this SKU" in text
    assert set(Movement.objects.filter(note="Monday").values_list("change", flat=True)) == {-2, 3}


def test_numbers_left_empty_count_nothing():
    stock = a_stock(10)
    desk_of(stock).post(COUNT, {"sku": [stock.variant.sku], "on_hand": [" "], "note": ""})
    assert Movement.objects.count() == 1


def send(stock, data):
    return desk_of(stock).post(COUNT, {"file": SimpleUploadedFile("counts.csv", data), "note": ""}).content.decode()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp949"])
def test_a_list_of_counts_is_read(encoding):
    stock = a_stock(10)
    send(stock, f"SKU,title,on_hand\r\n{stock.variant.sku},선반,7\r\n,,\r\n".encode(encoding))
    assert numbers(stock) == (7, 0, 7)


@pytest.mark.parametrize("data", [b"", b"a,b\n1,2\n", b"\xff\xfe\x00", b"PK\x03\x04\0\0", b'sku,on_hand\n"x,1\n'])
def test_what_is_no_list_is_refused(data):
    stock = a_stock(10)
    text = send(stock, data)
    assert "no CSV file" in text or "empty" in text
    assert numbers(stock) == (10, 0, 10)


def test_a_file_that_is_too_large_is_refused():
    stock = a_stock(10)
    assert "too large" in send(stock, b"sku,on_hand\n" + b"x,1\n" * 600_000)


@pytest.mark.parametrize("number", ["1.5", "-3", "1e3", "=1+1", "9999999999", "五"])
def test_numbers_that_are_none_are_refused_in_their_row(number):
    stock = a_stock(10)
    text = send(stock, f"sku,on_hand\n{stock.variant.sku},{number}\n".encode())
    assert "Enter a whole number" in text
    assert numbers(stock) == (10, 0, 10)


def test_the_list_to_fill_in_comes_back_as_it_went_out():
    stock = a_stock(10)
    Variant.objects.update(sku="=SUM(A1)")
    listed = b"".join(desk_of(stock).get(f"{STOCKS}counts.csv"))
    assert "'=SUM(A1)" in listed.decode("utf-8-sig")
    send(stock, listed.replace(b",10,", b",6,"))
    assert numbers(stock) == (6, 0, 6)


def test_stock_of_others_does_not_exist():
    stock, stranger = a_stock(10), logged_in(seller_of(a_shop()))
    assert stranger.get(f"{STOCKS}{stock.pk}/change/").status_code == 302
    assert stock.variant.sku not in stranger.get(STOCKS).content.decode()
    assert stock.variant.sku not in stranger.get(COUNT).content.decode()
    assert stock.variant.sku not in b"".join(stranger.get(f"{STOCKS}counts.csv")).decode()
    text = stranger.post(COUNT, {"sku": [stock.variant.sku], "on_hand": ["1"], "note": ""}).content.decode()
    assert "You have nothing with this SKU" in text
    assert logged_in(a_member()).get(COUNT).status_code == 302
    assert numbers(stock) == (10, 0, 10)


def test_the_history_is_shown_and_never_changed():
    stock = a_stock(10)
    movement = Movement.objects.get()
    browser = desk_of(stock)
    assert stock.variant.sku in browser.get("/desk/commerce_stock/movement/").content.decode()
    address = f"/desk/commerce_stock/movement/{movement.pk}/"
    assert browser.get(f"{address}change/").status_code == 200
    assert browser.post(f"{address}change/", {"change": "99"}).status_code == 403
    assert browser.post(f"{address}delete/", {"post": "yes"}).status_code == 403


def test_a_holiday_is_set_for_ones_own_product():
    schema, other = a_schema(daily_capacity=4), a_schema()
    browser = logged_in(seller_of(schema.product.vendor))
    address, today = "/desk/commerce_stock/capacity/add/", clock.today(timezone.get_default_timezone())
    assert other.product.title not in browser.get(address).content.decode()
    data = {"product": schema.product_id, "day": today + dt.timedelta(days=1), "places": "0"}
    assert browser.post(address, data).status_code == 302
    row = Capacity.objects.get()
    assert (row.calendar.product, row.places, row.by_hand) == (schema.product, 0, True)
    assert browser.post(address, {**data, "product": other.product_id}).status_code == 200
    assert browser.post(f"/desk/commerce_stock/capacity/{row.pk}/change/", {"places": "2"}).status_code == 302
    assert list(Capacity.objects.values_list("places", flat=True)) == [2]
