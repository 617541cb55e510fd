"""The shop of 1.1 million products (2.42): its lists with counts up to "10,000+", and searching in it.

The shop is made once by COPY and kept (`.madang/bench-million`).
"""

from collections.abc import Callable
from urllib.parse import quote

from benchmarks import place, stalls
from benchmarks.against import milliseconds, run_parts
from benchmarks.figures import Figures
from benchmarks.market import LIST, READERS, asked_anew
from benchmarks.place import Place
from commerce.catalog.models import Product
from community.members.models import Member

PRODUCTS, VENDORS = 1_100_000, 200
SMALL = 30_000
LISTS = {
    "everything": "/shop/?order=new",
    "by price": "/shop/?order=price",
    "three filters": LIST,
    "one category": f"/shop/?category={stalls.ROOT}-3",
    "one vendor": "/shop/?vendor=bench-7",
}


def run(*, small: bool = False) -> Figures:
    figures = Figures()
    place.prepare(small=True)
    made = place.seconds(lambda: make(SMALL if small else PRODUCTS))
    figures.add("2.42", "shop of the million made (0: it was there)", made, "s")
    members = list(Member.objects.filter(is_active=True, trust_level__gte=2).order_by("pk")[:READERS])
    cookies = [place.cookie_of(member) for member in members]
    with place.site() as site:
        parts: dict[str, Callable[[], None]] = {
            "2.42 lists of the million": lambda: lists(figures, site, cookies),
            "2.42 search in the million": lambda: searching(figures, site, cookies),
        }
        run_parts(figures, parts)
    return figures


def make(products: int) -> None:
    if Product.objects.filter(slug=f"bench-{products - 1}").exists():
        return
    stalls.empty()
    stalls.stock_a_million(products, VENDORS)


def lists(figures: Figures, site: Place, cookies: list[str]) -> None:
    for name, path in LISTS.items():
        took = milliseconds(site, list(asked_anew(path, cookies, 15)))
        figures.add("2.42", f"list of the million: {name}", took, "ms", goal=300, at_least=False)


def searching(figures: Figures, site: Place, cookies: list[str]) -> None:
    words = {"common": stalls.COMMON, "rare": stalls.RARE, "absent": stalls.ABSENT}
    for kind, word in words.items():
        for place_, path in (("shop", f"/shop/?q={quote(word)}"), ("search", f"/search/?q={quote(word)}&kind=product")):
            took = milliseconds(site, list(asked_anew(path, cookies, 15)))
            figures.add("2.42", f"search for a {kind} word ({word}), {place_}", took, "ms", goal=200, at_least=False)
