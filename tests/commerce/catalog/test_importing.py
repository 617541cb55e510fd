"""Import and export of products: what is taken, what is refused with its line, what is never let in (2.15, 2.43)."""

import csv
import gzip
import io
import zipfile
from pathlib import Path

import openpyxl
import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from commerce.catalog import registering
from commerce.catalog.errors import NotYourProduct
from commerce.catalog.importing import exporting, sheets
from commerce.catalog.importing.running import import_products, preview_products
from commerce.catalog.models import PricePoint, Product, Variant
from commerce.catalog.variants import retire
from community.foundation import counters
from community.reviews.importing.reading import Unreadable
from community.subjects.models import Steward, Subject
from tests.factories.catalog import a_product, a_shop, a_variant, seller_of
from tests.factories.members import a_member
from tests.factories.subjects import a_category, a_subject

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


BOOKS = """subject,title,authors,year,language,ratings_count,average_rating
book-1,"The Tea House, #1",Kim Dure,2008,kor,10,4.34
book-2,Rain,Lee Ara,1997,eng,20,4.44
book-3,,Nobody,1990,eng,1,1.00
"""


def a_file(tmp_path: Path, text: str, name: str = "products.csv") -> Path:
    path = tmp_path / name
    path.write_bytes(gzip.compress(text.encode()) if name.endswith(".gz") else text.encode())
    return path


def a_workbook(tmp_path: Path, *rows: list[object]) -> Path:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(tmp_path / "products.xlsx")
    return tmp_path / "products.xlsx"


def test_a_catalogue_of_books_becomes_a_shop_with_made_prices(tmp_path, capsys):
    shop = a_shop()
    file, refused = a_file(tmp_path, BOOKS, "books.csv.gz"), tmp_path / "refused.csv"
    with pytest.raises(SystemExit) as end:
        call_command("import_products", str(file), vendor=shop.slug, seed=7, refused=refused)
    assert end.value.code == 3
    assert "imported 2, updated 0, refused 1" in capsys.readouterr().out
    assert list(csv.reader(refused.open())) == [["line", "reason"], ["4", "“title” is missing"]]
    tea = Product.objects.get(title="The Tea House, #1")
    assert (tea.state, tea.slug, tea.subject.slug, tea.summary) == ("listed", "the-tea-house-1", "book-1", "Kim Dure")
    assert tea.category.slug == "books"
    assert (tea.variants.get().sku, tea.variants.get().price) == ("BOOK-1", tea.price)
    assert 5_000 <= tea.price < 38_000
    assert Steward.objects.filter(team=shop.team).count() == 2
    assert not any(one.wrong().exists() for one in counters.all_counters() if one.field == "product_count")
    before = dict(Variant.objects.values_list("sku", "price"))
    with pytest.raises(SystemExit):
        call_command("import_products", str(file), vendor=shop.slug, seed=7, refused=refused)
    assert "2 were here already" in capsys.readouterr().out
    assert dict(Variant.objects.values_list("sku", "price")) == before
    assert PricePoint.objects.count() == 2


def test_without_a_seed_a_missing_price_is_refused(tmp_path):
    total = import_products(file=a_file(tmp_path, BOOKS), vendor=a_shop())
    assert total.refused == [(2, "“price” is missing"), (3, "“price” is missing"), (4, "“title” is missing")]
    assert not Product.objects.exists()
    assert not Subject.objects.exists()


def test_rows_of_one_subject_and_title_are_variants_of_one_product(tmp_path):
    a_category("shirts")
    text = (
        "subject,title,sku,price,category,options\n"
        "linen,Linen shirt,L-S,39000,shirts,Size=S\n"
        'linen,Linen shirt,L-M,"41,000",shirts,Size=M\n'
        "linen,Linen shirt,L-X,41000,shirts,Colour=Red\n"
        "linen,Linen shirt,L-T,41000,shirts,Size=M\n"
    )
    total = import_products(file=a_file(tmp_path, text), vendor=a_shop())
    product = Product.objects.get()
    assert (total.imported, product.price, product.category.slug) == (2, 39_000, "shirts")
    assert product.options == [{"name": "Size", "values": ["S", "M"]}]
    assert [line for line, _reason in total.refused] == [4, 5]
    assert (Subject.objects.get().name, Subject.objects.get().kind) == ("Linen shirt", "product")


def test_a_known_sku_gets_the_new_price_and_leaves_the_former_in_the_history(tmp_path):
    variant = a_variant(a_product(price=None), price=9_000, sku="KNOWN")
    subject = variant.product.subject.slug
    text = f"subject,title,sku,price\n{subject},Whatever,KNOWN,8500\n"
    total = import_products(file=a_file(tmp_path, text), vendor=variant.vendor, by=seller_of(variant.vendor))
    variant.refresh_from_db()
    assert (total.imported, total.updated, variant.price) == (0, 1, 8_500)
    assert list(variant.price_points.order_by("since").values_list("price", flat=True)) == [9_000, 8_500]
    assert Product.objects.get().price == 8_500


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("../etc,Title,A,1,,", "“subject” may hold letters, digits, hyphens and underscores only"),
        ("one,Title,A,-1,,", "“price” is no amount of money such as 12000"),
        ("one,Title,A,1.5,,", "“price” is no amount of money such as 12000"),
        ("one,Title,A,99999999999999999,,", "“price” is no amount of money such as 12000"),
        ("one,Title,A,1,-5,", "“on_hand” must be a whole number from 0 to 1,000,000"),
        ("one,Title,A,1,,nowhere", "there is no category “nowhere”"),
        (f"one,{'x' * 201},A,1,,", "“title” is longer than 200 characters"),
        ("one,Ti\x07tle,A,1,,", "“title” holds control characters"),
        ("one,Title,A,1", "the line has 4 columns instead of 6"),
    ],
)
def test_what_cannot_be_taken_is_refused_with_its_line(tmp_path, line, reason):
    file = a_file(tmp_path, f"subject,title,sku,price,on_hand,category\n{line}\n")
    assert import_products(file=file, vendor=a_shop()).refused == [(2, reason)]
    assert not Product.objects.exists()


def test_an_sku_stands_once_in_a_file(tmp_path):
    file = a_file(tmp_path, "subject,title,sku,price\none,One,A,1\ntwo,Two,A,2\n")
    assert import_products(file=file, vendor=a_shop()).refused == [(3, "the SKU “A” stands in an earlier line")]


def test_the_stock_goes_to_whoever_counts_it(tmp_path, monkeypatch):
    heard: list[dict] = []
    monkeypatch.setitem(registering._counting, "stock", lambda *, by, on_hand: heard.append(dict(on_hand)))
    shop = a_shop()
    file = a_file(tmp_path, "subject,title,sku,price,on_hand\none,One,A,1,5\ntwo,Two,B,1,\n")
    import_products(file=file, vendor=shop)
    variant = Variant.objects.get(sku="A")
    assert heard == [{variant.pk: 5}]
    import_products(file=file, vendor=shop)
    assert heard == [{variant.pk: 5}, {variant.pk: 5}]


def test_a_preview_says_what_would_happen_and_changes_nothing(tmp_path):
    variant = a_variant(a_product(price=None), price=9_000, sku="KNOWN")
    file = a_file(tmp_path, "subject,title,sku,price\none,One,KNOWN,1\ntwo,Two,NEW,2\n,Three,X,3\n")
    preview = preview_products(file=file, vendor=variant.vendor)
    assert (preview.new, preview.known, [known for _row, known in preview.first]) == (1, 1, [True, False])
    assert [line for line, _reason in preview.refused] == [4]
    assert (Variant.objects.count(), Variant.objects.get().price) == (1, 9_000)


def test_only_its_own_staff_imports_for_a_vendor(tmp_path):
    file = a_file(tmp_path, "subject,title,sku,price\none,One,A,1\n")
    with pytest.raises(NotYourProduct):
        import_products(file=file, vendor=a_shop(), by=a_member())
    assert not Product.objects.exists()


def test_an_unknown_vendor_or_a_file_that_is_none_is_one_sentence(tmp_path):
    with pytest.raises(CommandError, match="There is no open vendor “nobody”") as error:
        call_command("import_products", str(a_file(tmp_path, BOOKS)), vendor="nobody")
    assert error.value.returncode == 2
    with pytest.raises(CommandError, match="names no column"):
        call_command("import_products", str(a_file(tmp_path, "a,b\n1,2\n")), vendor=a_shop().slug)


def test_a_workbook_is_read_and_its_formulas_are_refused(tmp_path):
    file = a_workbook(
        tmp_path, ["subject", "title", "sku", "price"], ["one", "One", "A", 12000], ["two", '=HYPERLINK("x")', "B", 1.0]
    )
    total = import_products(file=file, vendor=a_shop())
    assert total.refused == [(3, "a cell holds a formula; enter its value instead")]
    assert Variant.objects.get().price == 12_000


def test_a_workbook_that_unpacks_without_end_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(sheets, "LARGEST_UNPACKED", 200_000)
    file = a_workbook(tmp_path, ["subject", "title", "sku", "price"])
    with zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/zeros", b"0" * 1_000_000)
    with pytest.raises(Unreadable, match="unpacks to more"):
        list(sheets.lines_of(file))


def test_entities_never_reach_the_parser(tmp_path):
    file = a_workbook(tmp_path, ["subject", "title", "sku", "price"])
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr("xl/extra.xml", b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>')
    with pytest.raises(Unreadable, match="declares entities"):
        list(sheets.lines_of(file))


@pytest.mark.parametrize("content", [b"PK\x03\x04 and nothing", b"PK\x03\x04" + b"\0" * 500])
def test_a_damaged_workbook_is_refused(tmp_path, content):
    (tmp_path / "x.xlsx").write_bytes(content)
    with pytest.raises(Unreadable):
        list(sheets.lines_of(tmp_path / "x.xlsx"))


def test_a_table_with_too_many_rows_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(sheets, "MOST_ROWS", 2)
    rows = [[f"s-{number}", "T", str(number), 1] for number in range(3)]
    with pytest.raises(Unreadable, match=r"more than 20,000 rows"):
        list(sheets.lines_of(a_workbook(tmp_path, ["subject", "title", "sku", "price"], *rows)))


def test_an_export_can_be_imported_again_and_starts_no_formula(tmp_path):
    shop = a_shop()
    subject = a_subject("=cmd|' /C calc'!A0", slug="calc")
    product = a_product(
        "=cmd|' /C calc'!A0", vendor=shop, subject=subject, price=None, options=[{"name": "Size", "values": ["S"]}]
    )
    a_variant(product, price=7_000, sku="+1", Size="S")
    retire(by=seller_of(shop), variant=a_product(vendor=shop).variants.get())
    a_product()
    rows = list(csv.DictReader(io.StringIO(exporting.as_csv(shop, seller_of(shop)).decode("utf-8-sig"))))
    assert [(row["title"], row["sku"], row["price"], row["options"]) for row in rows] == [
        ("'=cmd|' /C calc'!A0", "'+1", "7000", "Size=S")
    ]
    (tmp_path / "again.csv").write_bytes(exporting.as_csv(shop, seller_of(shop)))
    assert import_products(file=tmp_path / "again.csv", vendor=shop).unchanged == 1
    (tmp_path / "again.xlsx").write_bytes(exporting.as_xlsx(shop, seller_of(shop)))
    total = import_products(file=tmp_path / "again.xlsx", vendor=a_shop())
    assert (total.imported, total.refused) == (1, [])
    assert Product.objects.filter(title="=cmd|' /C calc'!A0").count() == 2
