"""What helps one choose: filters in use, falls of price, what is told of a product, reply times (2.07, 2.11, 2.16)."""

import datetime as dt
import re

import pytest
from django.core.cache import cache
from django.utils import translation

from commerce.catalog import history
from commerce.catalog.facets import facets_of
from commerce.catalog.filters import Filters
from commerce.catalog.variants import change_price
from commerce.vendors.models import ReplyTime
from community.foundation import clock
from tests.factories.catalog import a_product, a_variant, an_attribute, seller_of
from tests.factories.members import logged_in
from tests.factories.subjects import a_category, a_subject

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nothing_kept_and_in_english():
    cache.clear()
    with translation.override("en"):
        yield


def page(address: str, member=None) -> str:
    reply = logged_in(member).get(address, headers={"Accept-Language": "en"})
    assert reply.status_code == 200, address
    return reply.content.decode()


def lowered(product, price: int) -> None:
    change_price(by=seller_of(product.vendor), variant=product.variants.get(), price=price)
    product.refresh_from_db()


def told(vendor, *, kind: str = "question", minutes: int = 300) -> None:
    ReplyTime.objects.create(
        vendor=vendor, kind=kind, median_minutes=minutes, answered=1, asked=1, computed_at=clock.now()
    )


def test_each_filter_in_use_can_be_given_up_alone():
    category = a_category("cups")
    an_attribute(category)
    product = a_product(category=category, price=5_000, attributes={"colour": "Red"})
    asked = Filters(
        words="", category="cups", vendor=product.vendor.slug, max_price=9_999, available=True,
        attributes={"colour": ("Red",)},
    )  # fmt: skip
    chosen = {one.label: one.url for one in facets_of(asked).chosen}
    assert list(chosen) == ["Cups", "Available now", "under ₩10,000", product.vendor.name, "Colour: Red"]
    assert chosen["Colour: Red"] == asked.but(attributes={}).query
    assert chosen[product.vendor.name] == asked.but(vendor="").query
    assert chosen["under ₩10,000"] == asked.but(max_price=None).query
    assert chosen["Available now"] == asked.but(available=False).query
    assert chosen["Cups"] == asked.but(category="", attributes={}).query
    assert facets_of(Filters()).chosen == []


@pytest.mark.parametrize(
    ("bounds", "words"),
    [
        ({"min_price": 12_000}, "₩12,000 and more"),
        ({"max_price": 12_000}, "at most ₩12,000"),
        ({"min_price": 12_000, "max_price": 13_000}, "₩12,000 to ₩13,000"),
    ],
)
def test_bounds_of_ones_own_are_a_filter_in_use_too(bounds, words):
    a_product(price=12_500)
    assert [one.label for one in facets_of(Filters(**bounds)).chosen] == [words]


def test_looking_for_other_words_keeps_the_filters():
    product = a_product("Cup", price=5_000)
    html = page(f"/shop/?q=cup&max_price=9000&vendor={product.vendor.slug}&order=price")
    form = html[html.index('class="shop-search"') :].split("</form>")[0]
    assert dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form)) == {
        "max_price": "9000",
        "vendor": product.vendor.slug,
        "order": "price",
    }


def test_a_fall_of_these_days_stands_beside_the_price():
    product = a_product("Cup", price=10_000)
    lowered(product, 9_000)
    history.mark_falls([product])
    assert product.fell == history.Fall(before=10_000, percent=10)
    for address in ("/shop/", product.get_absolute_url(), product.vendor.get_absolute_url()):
        assert "<del>₩10,000</del>" in page(address), address


def test_a_rise_an_old_fall_and_a_dearer_variant_are_none():
    risen, old, sized = a_product(price=1_000), a_product(price=2_000), a_product(price=3_000, options=[{"name": "Size", "values": ["S", "M"]}])  # fmt: skip
    lowered(risen, 1_100)
    dearer = a_variant(sized, price=5_000, Size="M")
    change_price(by=seller_of(sized.vendor), variant=dearer, price=4_000)
    lowered(old, 1_900)
    with clock.shifted(dt.timedelta(days=history.FALL_DAYS + 1)):
        history.mark_falls([old])
        assert old.fell is None
    history.mark_falls([risen, sized])
    assert (risen.fell, sized.fell) == (None, None)


def test_falls_of_many_cost_one_query(django_assert_num_queries):
    products = [a_product(price=10_000) for _ in range(5)]
    for product in products[:3]:
        lowered(product, 8_000)
    with django_assert_num_queries(1):
        history.mark_falls(products)
    assert [product.fell.percent if product.fell else 0 for product in products] == [20, 20, 20, 0, 0]


def test_the_lowest_price_within_a_year_is_called_so():
    product = a_product(price=10_000)
    assert "lowest within a year" not in page(product.get_absolute_url())
    lowered(product, 9_000)
    assert "lowest within a year" in page(product.get_absolute_url() + "?fresh=1")
    lowered(product, 9_500)
    assert "lowest within a year" not in page(product.get_absolute_url() + "?fresh=2")


def test_its_page_tells_what_filters_ask_for():
    category = a_category()
    an_attribute(category)
    an_attribute(category, "weight", kind="number", unit="g")
    an_attribute(category, "washable", kind="yes_no")
    product = a_product(category=category, attributes={"colour": "Red", "washable": False})
    facts = re.search(r'<dl class="product-facts">(.*?)</dl>', page(product.get_absolute_url()), re.S)[1]
    assert re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", facts) == [("Colour", "Red"), ("Washable", "no")]
    assert "product-facts" not in page(a_product().get_absolute_url())


def test_how_soon_a_vendor_answers_is_said_where_one_chooses():
    subject = a_subject("Thermos")
    quick, slow = a_product("Quick", subject=subject, price=20_000), a_product("Slow", subject=subject, price=10_000)
    told(quick.vendor, minutes=300)
    told(quick.vendor, kind="review", minutes=60 * 24)
    told(slow.vendor, kind="review", minutes=60 * 24 * 3)
    assert "Usually answers within 5 hours" in page(quick.get_absolute_url())
    assert "answers within 3 days" in page(quick.get_absolute_url())
    assert "answers within 5 hours" in page(subject.get_absolute_url())
    assert "answers within 3 days" in page("/vendors/")
    assert "Usually answers within 5 hours" in page(quick.vendor.get_absolute_url())
    compared = page(f"/shop/compare/?products={quick.slug},{slow.slug}")
    assert re.search(r"Usually answers within</th><td>5 hours</td><td>3 days</td>", compared)


def test_nothing_is_said_of_who_was_never_asked():
    product = a_product()
    told(a_product().vendor)
    assert "answers within" not in page(product.get_absolute_url())


def test_one_of_those_side_by_side_can_be_left_out_and_the_cheapest_is_marked(nobody_counts):
    cheap, dear, gone = a_product("Cheap", price=1_000), a_product("Dear", price=2_000), a_product("Third", price=3_000)
    html = page(f"/shop/compare/?products={cheap.slug},{dear.slug},{gone.slug}")
    assert f'class="compare-off" href="?products={cheap.slug}%2C{gone.slug}"' in html
    assert html.count(">lowest<") == 1
    assert html.index("₩1,000") < html.index(">lowest<") < html.index("₩2,000")
    alone = page(f"/shop/compare/?products={cheap.slug}")
    assert ("compare-off" in alone, ">lowest<" in alone) == (False, False)
