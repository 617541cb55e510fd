"""What a delivery costs, and where it goes."""

import pytest
from django.db import IntegrityError, transaction
from django.utils.translation import override

from commerce.delivery.errors import NotDeliveredThere
from commerce.delivery.fees import ISLANDS, Destination, fee_of
from commerce.delivery.models import Method
from commerce.delivery.reading import methods_of, offered
from tests.factories.catalog import a_shop
from tests.factories.delivery import a_method

pytestmark = pytest.mark.django_db
SEOUL, JEJU, ULLEUNG, LONDON = (
    Destination("KR", "04524"),
    Destination("KR", "63122"),
    Destination("KR", "40240"),
    Destination("GB", "SW1Y 4JH"),
)


def _offered(**fields):
    return offered(a_method(**fields))


class TestMethods:
    def test_a_vendor_who_said_nothing_sends_parcels_for_nothing_everywhere(self) -> None:
        vendor = a_shop()

        [method] = methods_of([vendor.pk])[vendor.pk]

        assert (method.id, method.kind, method.fee) == ("standard", "parcel", 0)
        assert [fee_of(method, 0, where).amount for where in (SEOUL, JEJU, LONDON, None)] == [0, 0, 0, 0]

    def test_the_first_by_position_is_the_default_and_those_not_offered_are_left_out(self) -> None:
        vendor = a_shop()
        later, first = a_method(vendor, name="Slow", position=2), a_method(vendor, name="Fast", position=1)
        a_method(vendor, name="Gone", position=0, active=False)

        assert [one.id for one in methods_of([vendor.pk])[vendor.pk]] == [str(first.pk), str(later.pk)]

    @pytest.mark.parametrize("number", [1, 20])
    def test_one_query_however_many_vendors(self, number, django_assert_num_queries) -> None:
        vendors = [a_shop() for _each in range(number)]
        for vendor in vendors[::2]:
            a_method(vendor)

        with django_assert_num_queries(1):
            assert len(methods_of([vendor.pk for vendor in vendors])) == number

    def test_the_name_is_in_the_readers_language(self) -> None:
        vendor = a_shop()
        a_method(vendor, name="Parcel by night", name_ko="새벽 배송")

        with override("ko"):
            assert methods_of([vendor.pk])[vendor.pk][0].name == "새벽 배송"


class TestFees:
    def test_free_from_the_threshold_on_and_says_how_much_is_missing(self) -> None:
        method = _offered(fee=3_000, free_from=50_000)

        assert (fee_of(method, 49_999, SEOUL).amount, fee_of(method, 49_999, SEOUL).missing) == (3_000, 1)
        assert (fee_of(method, 50_000, SEOUL).amount, fee_of(method, 50_000, SEOUL).missing) == (0, 0)

    def test_without_a_threshold_nothing_is_missing(self) -> None:
        assert fee_of(_offered(fee=3_000), 10**9, SEOUL).missing is None
        assert fee_of(_offered(fee=0, free_from=50_000), 0, SEOUL).missing is None

    def test_islands_cost_a_surcharge_even_where_the_rest_is_free(self) -> None:
        method = _offered(fee=3_000, free_from=50_000, remote_fee=4_000)

        assert [fee_of(method, 50_000, where).amount for where in (SEOUL, JEJU, ULLEUNG)] == [0, 4_000, 4_000]
        assert fee_of(method, 0, JEJU).amount == 7_000

    def test_abroad_costs_a_surcharge_or_is_refused(self) -> None:
        assert fee_of(_offered(fee=3_000, abroad_fee=20_000), 0, LONDON).amount == 23_000
        with pytest.raises(NotDeliveredThere) as refused:
            fee_of(_offered(fee=3_000), 0, LONDON)
        assert (refused.value.status, refused.value.code) == (409, "not_delivered_there")

    def test_pick_up_knows_no_destination(self) -> None:
        method = _offered(kind="pickup", place="Mapo-daero 1, ten to six", fee=0, remote_fee=4_000)

        assert [fee_of(method, 0, where).amount for where in (JEJU, LONDON, None)] == [0, 0, 0]

    @pytest.mark.parametrize(("first", "last"), ISLANDS)
    def test_each_island_from_its_first_postcode_to_its_last(self, first, last) -> None:
        assert Destination("KR", f"{first:05}").is_remote
        assert Destination("KR", f"{last:05}").is_remote

    @pytest.mark.parametrize(
        "postcode", ["04524", "62999", "63645", "40199", "40241", "", "6312", "631222", "６３１２２"]
    )
    def test_the_mainland_is_no_island(self, postcode) -> None:
        assert not Destination("KR", postcode).is_remote
        assert not Destination("JP", "63122").is_remote


class TestHeldByTheDatabase:
    @pytest.mark.parametrize(
        ("fields", "name"),
        [
            ({"fee": -1}, "delivery_fee_not_negative"),
            ({"remote_fee": -1}, "delivery_fee_not_negative"),
            ({"abroad_fee": -1}, "delivery_abroad_fee_not_negative"),
            ({"free_from": -1}, "delivery_free_from_not_negative"),
            ({"days_least": 3, "days_most": 2}, "delivery_days_in_order"),
            ({"kind": "pickup", "place": ""}, "delivery_pickup_has_a_place"),
        ],
    )
    def test_no_method_that_cannot_be(self, fields, name) -> None:
        vendor = a_shop()
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            Method.objects.create(vendor=vendor, name="Parcel", **fields)
