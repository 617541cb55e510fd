"""Product before category before vendor before all; rates end, and others start (2.09, rule 2.11)."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from commerce.catalog.models import Product
from commerce.commissions import planning, rating
from commerce.commissions.errors import InThePast, NoPlan, OneScope, PlannedAlready, StaysForAll, WrongRate
from commerce.commissions.models import Plan
from community.foundation import clock
from community.foundation.problems import Refused
from tests.factories.catalog import a_product
from tests.factories.commissions import a_plan
from tests.factories.members import a_member, an_operator, logged_in
from tests.factories.subjects import a_category, a_subject

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def a_lamp():
    top = a_category("home")
    return a_product("Moon lamp", subject=a_subject(category=a_category("lamps", parent=top)))


def test_there_is_a_rate_for_all_from_the_beginning():
    rate, plan = rating.rate_for(a_lamp())
    assert (rate, plan.for_all) == (1000, True)


def test_the_nearest_scope_holds():
    lamp = a_lamp()
    tried = [rating.rate_for(lamp)[0]]
    for rate, scope in (
        (900, {"vendor": lamp.vendor}),
        (800, {"category": lamp.category.parent}),
        (700, {"category": lamp.category}),
        (600, {"product": lamp}),
    ):
        a_plan(rate, **scope)
        tried.append(rating.rate_for(lamp)[0])
    assert tried == [1000, 900, 800, 700, 600]
    assert rating.rate_for(a_product("Kettle"))[0] == 1000


def test_a_category_below_or_beside_does_not_count():
    lamp = a_lamp()
    a_plan(500, category=a_category("moons", parent=lamp.category))
    a_plan(500, category=a_category("home-office"))
    assert rating.rate_for(lamp)[0] == 1000


def test_rates_of_many_products_are_those_of_each_in_one_query(django_assert_num_queries):
    lamp, kettle, book = a_lamp(), a_product("Kettle"), a_product("Book")
    a_plan(800, category=lamp.category.parent)
    a_plan(700, category=lamp.category)
    a_plan(500, category=a_category("moons", parent=lamp.category))
    a_plan(900, vendor=kettle.vendor)
    a_plan(650, product=book, ends_at=clock.now() + DAY)
    a_plan(600, product=kettle, starts_at=clock.now() - 2 * DAY, ends_at=clock.now() - DAY)
    products = [lamp, kettle, book]
    with django_assert_num_queries(1):
        rates = rating.rates_for(products)
    assert [rates[product.pk].basis_points for product in products] == [700, 900, 650]
    assert [(rate.basis_points, rate.plan_id) for rate in rates.values()] == [
        (rate, plan.pk) for rate, plan in (rating.rate_for(Product.objects.get(pk=pk)) for pk in rates)
    ]


def test_rates_of_many_need_one_for_each():
    lamp, kettle = a_lamp(), a_product("Kettle")
    Plan.objects.all().delete()
    a_plan(700, vendor=lamp.vendor)
    with pytest.raises(NoPlan):
        rating.rates_for([lamp, kettle])


def test_the_rate_is_asked_in_one_query(django_assert_num_queries):
    lamp = a_lamp()
    a_plan(600, product=lamp)
    assert lamp.category.slug == "lamps"
    with django_assert_num_queries(1):
        rating.rate_for(lamp)


def test_another_rate_begins_where_the_one_before_ends():
    lamp, operator = a_lamp(), an_operator()
    first = planning.start(by=operator, rate=500, product=lamp)
    begins = clock.now() + DAY
    second = planning.start(by=operator, rate=700, product=lamp, at=begins)
    first.refresh_from_db()
    assert (first.rate, first.ends_at, second.starts_at) == (500, begins, begins)
    assert rating.rate_for(lamp, begins - DAY / 2) == (500, first)
    assert rating.rate_for(lamp, begins) == (700, second)


def test_an_ended_rate_gives_way_to_the_next_above():
    lamp, operator = a_lamp(), an_operator()
    plan = planning.start(by=operator, rate=500, product=lamp)
    planning.end(by=operator, plan=plan)
    assert rating.rate_for(lamp, clock.now() + DAY)[0] == 1000
    with pytest.raises(PlannedAlready):
        planning.end(by=operator, plan=plan)


def test_a_rate_that_has_not_begun_is_taken_back():
    lamp, operator = a_lamp(), an_operator()
    planned = planning.start(by=operator, rate=500, product=lamp, at=clock.now() + DAY)
    with pytest.raises(PlannedAlready):
        planning.start(by=operator, rate=400, product=lamp)
    planning.end(by=operator, plan=planned)
    assert planning.start(by=operator, rate=400, product=lamp).rate == 400


def test_the_rate_for_all_is_replaced_and_never_ends():
    operator = an_operator()
    with pytest.raises(StaysForAll):
        planning.end(by=operator, plan=Plan.objects.get())
    planning.start(by=operator, rate=1200)
    assert rating.rate_for(a_lamp())[0] == 1200


@pytest.mark.parametrize("rate", [-1, 10_001])
def test_a_rate_is_between_nothing_and_the_whole(rate):
    with pytest.raises(WrongRate):
        planning.start(by=an_operator(), rate=rate)


def test_a_plan_is_for_one_thing_and_not_for_yesterday():
    lamp, operator = a_lamp(), an_operator()
    with pytest.raises(OneScope):
        planning.start(by=operator, rate=1, product=lamp, vendor=lamp.vendor)
    with pytest.raises(InThePast):
        planning.start(by=operator, rate=1, at=clock.now() - DAY)


def test_only_operators_set_rates():
    with pytest.raises(Refused):
        planning.start(by=a_member(), rate=1)
    with pytest.raises(Refused):
        planning.end(by=a_member(), plan=a_plan(vendor=a_lamp().vendor))


def test_without_a_rate_for_all_nothing_is_guessed():
    Plan.objects.all().delete()
    with pytest.raises(NoPlan):
        rating.rate_for(a_lamp())


@pytest.mark.parametrize(
    "wrong",
    [
        {"rate": 10_001},
        {"ends_at": dt.datetime(2020, 1, 1, tzinfo=dt.UTC), "starts_at": dt.datetime(2020, 1, 2, tzinfo=dt.UTC)},
        {},
    ],
)
def test_the_database_holds_the_rules(wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        Plan.objects.create(**{"rate": 1, **wrong})


def test_the_preview_names_each_place_and_the_one_that_holds():
    lamp = a_lamp()
    a_plan(700, category=lamp.category.parent)
    found = [(one.scope, one.plan and one.plan.rate, one.holds) for one in rating.explain(lamp)]
    assert found == [
        (lamp, None, False),
        (lamp.category, None, False),
        (lamp.category.parent, 700, True),
        (lamp.vendor, None, False),
        (None, 1000, False),
    ]
    page = logged_in(an_operator()).get(f"/admin/commerce_commissions/plan/preview/?product={lamp.slug}")
    assert page.context["candidates"][2].holds
    assert "7 %" in page.content.decode()


def test_operators_start_a_rate_in_the_admin_and_a_refusal_stands_on_the_form():
    lamp, client = a_lamp(), logged_in(an_operator())
    address = "/admin/commerce_commissions/plan/add/"
    said = {"rate": 500, "product": str(lamp.pk), "category": "", "vendor": ""}
    moment = clock.now()
    said |= {"starts_at_0": f"{moment:%Y-%m-%d}", "starts_at_1": "00:00:00"}
    refused = client.post(address, {**said, "vendor": str(lamp.vendor.pk)})
    assert refused.status_code == 200
    assert Plan.objects.filter(product=lamp).count() == 0
    begins = moment + DAY
    said |= {"starts_at_0": f"{begins:%Y-%m-%d}", "starts_at_1": f"{begins:%H:%M:%S}"}
    assert client.post(address, said).status_code == 302
    assert Plan.objects.get(product=lamp).rate == 500
