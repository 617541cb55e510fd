"""The shop of a run: categories with attributes, vendors, products; ten thousand by the import, a million by COPY.

Prices, colours and words are made from the number of a product, so that every run has the same shop.
"""

import csv
import datetime as dt
import itertools
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.db import connection

from commerce.catalog import searching
from commerce.catalog.models import Attribute, PricePoint, Product, Variant
from commerce.stock.models import Stock
from commerce.vendors.applying import enrol
from commerce.vendors.models import Vendor
from community.members import teaming
from community.subjects.categories import place_category
from community.subjects.models import Category, Subject
from config.corpus.storing import Columns

ROOT = "bench"
LEAVES = 12
COLOURS = ("검정", "흰색", "쑥색", "쪽빛", "치자", "대추빛")
FIRST = ("가벼운", "든든한", "조용한", "따뜻한", "오래가는", "작은", "넓은", "둥근", "납작한", "접는", "말린", "고운")
MATTER = ("무쇠", "나무", "한지", "모시", "삼베", "옹기", "유리", "구리", "대나무", "가죽", "울", "캔버스")
THING = (
    "냄비",
    "등",
    "쟁반",
    "도마",
    "공책",
    "배낭",
    "의자",
    "시계",
    "주전자",
    "그릇",
    "우산",
    "칼",
    "상자",
    "이불",
    "수건",
    "바구니",
)
COMMON, RARE, ABSENT = "냄비", "먹감나무", "뷁쀍"
"""A word of every sixteenth product, one of two dozen in a million, and one of none."""
RARE_EVERY = 45_833
OFFERS_A_SUBJECT = 11


def title_of(number: int) -> str:
    """The same words come back every few thousand; the number makes the title one's own."""
    words = [FIRST[number % 12], MATTER[number // 5 % 12], THING[number // 3 % 16]]
    if number % RARE_EVERY == 7:
        words.insert(1, RARE)
    return " ".join(words)


def price_of(number: int) -> int:
    return 3_000 + number * 7_919 % 1_970 * 100


def attributes_of(number: int) -> dict[str, Any]:
    return {"colour": COLOURS[number * 31 % 6], "washable": number % 3 == 0}


def shelves() -> list[Category]:
    """A category of everything and LEAVES below it, with the attributes that lists filter by."""
    root = place_category(slug=ROOT, name="Everything", name_ko="모든 것")
    for slug, kind, choices in (("colour", "choice", list(COLOURS)), ("washable", "yes_no", [])):
        Attribute.objects.get_or_create(
            category=root, slug=slug, defaults={"name": slug.title(), "kind": kind, "choices": choices}
        )
    return [
        place_category(slug=f"{ROOT}-{number}", name=f"Shelf {number}", name_ko=f"{number}번 선반", parent=root)
        for number in range(1, LEAVES + 1)
    ]


def vendor(number: int) -> Vendor:
    slug = f"bench-{number}"
    known = Vendor.objects.filter(slug=slug).first()
    return known or enrol(teaming.create_team(slug=slug, name=f"가게 {number}"))


def written(path: Path, number_of_rows: int) -> Path:
    """A table for the import; its attributes are not in it, because the import has no column for them."""
    with path.open("w", newline="", encoding="utf-8") as paper:
        sheet = csv.writer(paper)
        sheet.writerow(["subject", "title", "sku", "price", "on_hand", "category", "summary"])
        for number in range(number_of_rows):
            title, leaf = title_of(number), f"{ROOT}-{number % LEAVES + 1}"
            sheet.writerow(
                [f"bench-{number}", title, f"B-{number}", price_of(number), number % 9, leaf, f"{title} 한 점"]
            )
    return path


def give_attributes() -> None:
    """To every product that has none, by its place in the order of keys."""
    rows = list(Product.objects.filter(attributes={}).order_by("pk"))
    for number, row in enumerate(rows):
        row.attributes = attributes_of(number)
    Product.objects.bulk_update(rows, ["attributes"], batch_size=1000)


def empty() -> None:
    """Take every product and subject of a former run away."""
    with connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {Product._meta.db_table}, {Subject._meta.db_table} CASCADE")


def settle() -> None:
    """What a shop that has stood for a while has: pages that the database knows, and figures of them."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


_SUBJECT = ("id", "slug", "name", "kind", "category_id", "created_at")
_PRODUCT = (
    "id", "vendor_id", "subject_id", "category_id", "slug", "title", "summary", "state", "attributes", "price",
    "available", "sold_count", "created_at", "listed_at", "search",
)  # fmt: skip
_VARIANT = ("id", "product_id", "vendor_id", "sku", "price")
_TABLES = (Subject, Product, Variant, PricePoint, Stock)


def stock_a_million(products: int, vendors: int) -> None:
    """`products` of `vendors`, eleven offers of each subject, by COPY; indexes are built once, at the end."""
    leaves, sellers = shelves(), [vendor(number).pk for number in range(vendors)]
    began = dt.datetime.now(dt.UTC) - dt.timedelta(days=700)
    subjects, goods, variants = (Columns(*each) for each in ((Subject, _SUBJECT), (Product, _PRODUCT), (Variant, _VARIANT)))  # fmt: skip
    with _without_indexes():
        number_of_subjects = -(-products // OFFERS_A_SUBJECT)
        _copy(subjects, (_subject_row(number, leaves, began) for number in range(number_of_subjects)))
        _copy(goods, _product_rows(products, leaves, sellers, began))
        _copy(variants, (_variant_row(number, sellers) for number in range(products)))
        with connection.cursor() as cursor:
            _derive(cursor)
    settle()


def _key(kind: int, number: int) -> uuid.UUID:
    """In the order of numbers, as keys made one after the other are."""
    return uuid.UUID(int=(kind << 96) | (7 << 76) | (2 << 62) | number)


def _subject_row(number: int, leaves: list[Category], began: dt.datetime) -> list[Any]:
    return [_key(1, number), f"bench-{number}", title_of(number * OFFERS_A_SUBJECT), "product", leaves[number % LEAVES].pk, began]  # fmt: skip


def _product_rows(
    products: int, leaves: list[Category], sellers: list[uuid.UUID], began: dt.datetime
) -> Iterator[list[Any]]:
    vectors: dict[str, str] = {}
    for number in range(products):
        title, subject = title_of(number), number // OFFERS_A_SUBJECT
        if title not in vectors:
            vectors[title] = searching.document(
                title=title, summary=f"{title} 한 점", text="", subject=title, vendor="가게", values=()
            )
        moment = began + dt.timedelta(seconds=number * 50)
        yield [
            _key(2, number), sellers[number % len(sellers)], _key(1, subject), leaves[subject % LEAVES].pk,
            f"bench-{number}", title, f"{title} 한 점", "listed", _json(attributes_of(number)), price_of(number),
            number % 9 > 0, number * 13 % 997, moment, moment, vectors[title],
        ]  # fmt: skip


def _variant_row(number: int, sellers: list[uuid.UUID]) -> list[Any]:
    return [_key(3, number), _key(2, number), sellers[number % len(sellers)], f"B-{number}", price_of(number)]


def _json(values: dict[str, Any]) -> str:
    return f'{{"colour": "{values["colour"]}", "washable": {str(values["washable"]).lower()}}}'


def _copy(columns: Columns, rows: Iterator[list[Any]]) -> None:
    with connection.cursor() as cursor, cursor.copy(columns.statement()) as copy:
        for row in rows:
            copy.write_row([*row, *columns.rest])


def _derive(cursor: Any) -> None:
    """One price in time and one stock a variant, and the vendors' counts."""
    point, stock, variant, product = (each._meta.db_table for each in (PricePoint, Stock, Variant, Product))
    cursor.execute(
        f"INSERT INTO {point} (id, variant_id, price, since) SELECT gen_random_uuid(), v.id, v.price, p.listed_at"
        f" FROM {variant} v JOIN {product} p ON p.id = v.product_id"
    )
    cursor.execute(
        f"INSERT INTO {stock} (id, variant_id, on_hand, held, refill_at) SELECT gen_random_uuid(), v.id,"
        f" CASE WHEN p.available THEN 5 ELSE 0 END, 0, 0 FROM {variant} v JOIN {product} p ON p.id = v.product_id"
    )
    cursor.execute(
        f"UPDATE {Vendor._meta.db_table} v SET product_count = n FROM"
        f" (SELECT vendor_id, count(*) n FROM {product} GROUP BY 1) found WHERE found.vendor_id = v.id"
    )


@contextmanager
def _without_indexes() -> Iterator[None]:
    """All but keys and uniqueness, of the tables that are filled."""
    tables = [model._meta.db_table for model in _TABLES]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT i.indexname, i.indexdef FROM pg_indexes i WHERE i.tablename = ANY(%s) AND NOT EXISTS"
            " (SELECT FROM pg_index x WHERE x.indexrelid = i.indexname::regclass AND x.indisunique)",
            [tables],
        )
        found = cursor.fetchall()
        for name, _definition in found:
            cursor.execute(f'DROP INDEX "{name}"')
    yield
    with connection.cursor() as cursor:
        cursor.execute("SET maintenance_work_mem = '512MB'")
        for _name, definition in found:
            cursor.execute(definition)


def numbers(step: int, below: int) -> Iterator[int]:
    """Numbers of products far apart, over and over: so that no page is asked for twice in a row."""
    return itertools.cycle(range(0, below, step))
