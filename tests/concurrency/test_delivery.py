"""Rivals at delivery: the last method that a vendor may offer, one address told twice."""

import pytest

from commerce.delivery import addressing, offering
from commerce.delivery.errors import TooManyMethods
from commerce.delivery.models import Address, Method
from tests.concurrency.kit import all_went_well, meet_before, race
from tests.factories.catalog import a_shop, seller_of
from tests.factories.delivery import ADDRESS, a_method
from tests.factories.members import a_member

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_who_offer_the_last_method_are_not_both_served(monkeypatch):
    vendor = a_shop()
    seller = seller_of(vendor)
    for number in range(offering.MOST_METHODS - 1):
        a_method(vendor, position=number)
    meeting = meet_before(monkeypatch, offering, "_check")
    outcomes = race(*[lambda: offering.offer(by=seller, vendor=vendor, name="Parcel") for _rival in range(2)])

    assert not meeting.happened
    assert [type(outcome.raised) for outcome in outcomes if outcome.raised] == [TooManyMethods]
    assert Method.objects.filter(vendor=vendor).count() == offering.MOST_METHODS


def test_one_address_told_twice_at_once_is_kept_once():
    member = a_member()

    assert all_went_well(race(*[lambda: addressing.remember(member, ADDRESS) for _rival in range(4)]))
    assert Address.objects.filter(member=member).count() == 1
