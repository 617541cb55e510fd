"""The figures of the market (docs/specification.md, 2.40 to 2.43), on a shop of 10,000 products and on one of 1.1 million.

Each part is a function of the figures and the site, named in `parts` with the item it measures; a part that cannot be
taken counts as missed and the others go on. Checkout (2.40), the hot product (2.41) and the import of orders (2.43) take
their places there. The million has a data folder of its own, which is kept; see `benchmarks.million`.
"""

import io
import itertools
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from PIL import Image

from benchmarks import place, stalls
from benchmarks.against import compared, milliseconds, run_parts
from benchmarks.client import get, load
from benchmarks.figures import Figures
from benchmarks.place import Place
from commerce.catalog import offering, picturing, variants
from commerce.catalog.models import Product
from commerce.stock.counting import set_on_hand
from commerce.vendors.models import Vendor
from community.members import teaming
from community.members.models import Member, TeamMember
from community.reviews.publishing import publish_review
from community.uploads.storing import store_upload

PRODUCTS = 10_000
READERS, REVIEWERS = 40, 20  # members whose sessions are used in turn, and those who said something of the product
LIST = f"/shop/?category={stalls.ROOT}&a-colour=%EC%91%A5%EC%83%89&max_price=99999&available=1"
"""Three filters (an attribute, a price, what is there) and the category that holds everything."""


def run(*, small: bool = False) -> Figures:
    figures = Figures()
    place.prepare(small=True)  # a small forum beside it, for members and their boards
    importing(figures, PRODUCTS // 10 if small else PRODUCTS)
    members = list(Member.objects.filter(is_active=True, trust_level__gte=2).order_by("pk")[: READERS + REVIEWERS])
    members, reviewers = members[:READERS], members[READERS:]
    cookies = [place.cookie_of(member) for member in members]
    with place.site() as site:
        parts: dict[str, Callable[[], None]] = {
            "2.42 product page": lambda: product_page(figures, site, a_product(reviewers), cookies),
            "2.42 list": lambda: filtered_list(figures, site, members[0], cookies),
        }
        run_parts(figures, parts)
    million(figures, small=small)
    return figures


def importing(figures: Figures, rows: int) -> None:
    """The command as an operator runs it, on an empty shop; with `--products FILE`, of that file too."""
    stalls.empty()
    stalls.shelves()
    seller = stalls.vendor(0)
    table = stalls.written(Path(settings.DATA_DIR) / "bench-products.csv", rows)
    took = imported(table, seller)
    figures.add("2.43", f"import of {rows:,} products", took, "s", goal=60, at_least=False)
    given = place.argument("--products")
    if given:
        took = imported(Path(given), stalls.vendor(1))
        number = Product.objects.filter(vendor__slug="bench-1").count()
        figures.add("2.43", f"import of {number:,} products of {Path(given).name}", took, "s", goal=60, at_least=False)
        Product.objects.filter(vendor__slug="bench-1").update(state="paused")  # the list is of one shop
    stalls.give_attributes()
    stalls.settle()


def imported(table: Path, seller: Vendor) -> float:
    began = time.perf_counter()
    call_command("import_products", str(table), vendor=seller.slug, seed=1)
    return time.perf_counter() - began


def a_product(reviewers: list[Member]) -> Product:
    """One with options, stock, pictures, a former price and reviews of its subject; made by the acts."""
    seller = stalls.vendor(0)
    by = reviewers[0]
    teaming.put_member(by=None, team=seller.team, member=by, role=TeamMember.OWNER)
    known = Product.objects.filter(slug="bench-product").first()
    if known is not None:
        return known
    subject = Product.objects.filter(vendor=seller).order_by("pk").first().subject  # type: ignore[union-attr]
    sizes = ["S", "M", "L"]
    product = offering.create_product(
        by=by, vendor=seller, subject=subject, title="재어 보는 냄비", slug="bench-product",
        options=[{"name": "크기", "values": sizes}], summary="열 해를 쓰는 냄비.", source="두꺼운 **바닥**.\n\n" * 8,
    )  # fmt: skip
    for number, size in enumerate(sizes):
        row = variants.add(
            by=by, product=product, sku=f"BP-{size}", price=30_000 + number * 5_000, options={"크기": size}
        )
        set_on_hand(by=by, variant=row, on_hand=20)
        variants.change_price(by=by, variant=row, price=row.price - 2_000)
    for number in range(3):
        file = io.BytesIO()
        Image.new("RGB", (800, 800), (90 + number * 40, 120, 110)).save(file, "PNG")
        file.seek(0)
        upload = store_upload(by=by, file=file, name="pot.png", alt="냄비")
        picturing.add_picture(by=by, product=product, upload_id=upload.pk)
    for number, member in enumerate(reviewers[1:]):
        publish_review(by=member, subject=subject, rating=1 + number % 5, source=f"써 보니 좋았어요. {number}")
    return offering.list_product(by=by, product=product)


def product_page(figures: Figures, site: Place, product: Product, cookies: list[str]) -> None:
    """As guests and as members get it, each against its floor."""
    path = product.get_absolute_url()
    asked = [get(path)]
    size = len(load(site.port, asked, seconds=1).last_body)
    ratio, rate = compared(site, asked, [get(f"/bench/floor/{size}/")])
    figures.add("2.42", "guests' product page, share of the floor", ratio, "", goal=0.6, note=f"{rate:,.0f} a second")
    asked = [get(path, cookie=cookie) for cookie in cookies]
    size = len(load(site.port, asked, seconds=1).last_body)
    ratio, rate = compared(site, asked, [get(f"/bench/member-floor/{size}/", cookie=cookie) for cookie in cookies])
    figures.add("2.42", "members' product page, share of the floor", ratio, "", goal=0.2, note=f"{rate:,.0f} a second")


def filtered_list(figures: Figures, site: Place, member: Member, cookies: list[str]) -> None:
    """The list with three filters and the counts of all others, which nobody asked for just before."""
    number = Product.objects.on_sale().count()
    figures.add("2.42", f"list of {number:,}, three filters: queries", queries(LIST), "", goal=12, at_least=False)
    figures.add("2.42", "the same as a member, with the frame's own", queries(LIST, member))
    took = milliseconds(site, list(asked_anew(LIST, cookies, 25)))
    figures.add("2.42", f"list of {number:,}, three filters", took, "ms", goal=100, at_least=False)


_fresh = itertools.count()


def asked_anew(path: str, cookies: list[str], times: int) -> Iterable[bytes]:
    """The same page for members in turn, by an address that no cache has seen."""
    for cookie in itertools.islice(itertools.cycle(cookies), times):
        yield get(f"{path}&fresh={next(_fresh)}", cookie=cookie)


def queries(path: str, member: Member | None = None) -> int:
    """How many a page asks that was never asked for before, on a connection that is warm."""
    own = Client(headers={"host": "127.0.0.1"})
    if member is not None:
        own.force_login(member)
    own.get(f"{path}&fresh={next(_fresh)}")
    with CaptureQueriesContext(connection) as found:
        own.get(f"{path}&fresh={next(_fresh)}")
    return len(found)


def million(figures: Figures, *, small: bool) -> None:
    """Measured by a run of its own, whose services and shop stand in a folder of their own."""
    command = [sys.executable, "-m", "benchmarks", "million", *(["--small"] if small else [])]
    subprocess.run(command, env=place.own_environment(), check=False)
    figures.take(place.ROOT / "bench-million.json")
