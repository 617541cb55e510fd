"""A vendor says how it delivers: by acts, over REST, at the desk; its own alone (2.21, 2.08)."""

import pytest

from commerce.delivery import offering
from commerce.delivery.errors import MethodInvalid, NotYourDelivery, TooManyMethods
from commerce.delivery.models import Method
from commerce.money import MOST, NoAmount
from community.foundation.problems import Blank, NotThere, Overlong
from tests.factories.catalog import a_shop, seller_of
from tests.factories.delivery import a_method
from tests.factories.members import a_member, an_operator, logged_in
from tests.factories.vendors import a_vendor

pytestmark = pytest.mark.django_db
METHODS = "/api/v1/delivery-methods/"
DESK = "/desk/commerce_delivery/method/"


def a_seller():
    vendor = a_shop()
    return vendor, seller_of(vendor)


class TestActs:
    def test_a_new_one_stands_last(self):
        vendor, seller = a_seller()
        first = offering.offer(by=seller, vendor=vendor, name="Parcel", fee=3_000)
        second = offering.offer(by=seller, vendor=vendor, name="By night", fee=5_000)

        assert [first.position, second.position] == [0, 1]

    @pytest.mark.parametrize(
        ("told", "problem", "field"),
        [
            ({"name": " "}, Blank, "name"),
            ({"name": "\u3164"}, Blank, "name"),
            ({"name": "x" * 81}, Overlong, "name"),
            ({"fee": -1}, NoAmount, "fee"),
            ({"fee": MOST + 1}, NoAmount, "fee"),
            ({"free_from": -1}, NoAmount, "free_from"),
            ({"remote_fee": 1.5}, NoAmount, "remote_fee"),
            ({"abroad_fee": True}, NoAmount, "abroad_fee"),
            ({"kind": "drone"}, MethodInvalid, "kind"),
            ({"days_least": 4, "days_most": 3}, MethodInvalid, "days_most"),
            ({"days_most": 366}, MethodInvalid, "days_most"),
            ({"kind": "pickup"}, MethodInvalid, "place"),
        ],
    )
    def test_what_cannot_be_is_said_by_its_field(self, told, problem, field):
        vendor, seller = a_seller()
        with pytest.raises(problem) as refused:
            offering.offer(by=seller, vendor=vendor, **{"name": "Parcel", **told})
        assert refused.value.field == field
        row = a_method(vendor)
        with pytest.raises(problem):
            offering.change(by=seller, method_id=row.pk, **told)
        assert Method.objects.get() == row
        assert Method.objects.get().fee == 3_000

    def test_as_many_as_one_can_choose_from(self):
        vendor, seller = a_seller()
        for _each in range(offering.MOST_METHODS):
            offering.offer(by=seller, vendor=vendor, name="Parcel")
        with pytest.raises(TooManyMethods):
            offering.offer(by=seller, vendor=vendor, name="Parcel")

    def test_it_is_its_vendors_alone(self):
        row, hidden, clerk = a_method(), a_method(active=False), a_member()
        a_vendor(clerk, role="clerk", team=None)
        stranger = a_seller()[1]
        for act in (
            lambda row: offering.change(by=stranger, method_id=row.pk, fee=0),
            lambda row: offering.withdraw(by=stranger, method_id=row.pk),
        ):
            with pytest.raises(NotYourDelivery):
                act(row)
            with pytest.raises(NotThere):
                act(hidden)
        with pytest.raises(NotYourDelivery):
            offering.offer(by=stranger, vendor=row.vendor, name="Parcel")
        assert Method.objects.count() == 2

    def test_clerks_do_not_set_fees_and_operators_may(self):
        clerk = a_member()
        row = a_method(a_vendor(clerk, role="clerk"))
        with pytest.raises(NotYourDelivery):
            offering.change(by=clerk, method_id=row.pk, fee=0)

        assert offering.change(by=an_operator(), method_id=row.pk, fee=0).fee == 0


class TestRest:
    def test_made_changed_and_deleted(self):
        vendor, seller = a_seller()
        client = logged_in(seller)
        body = {"name": "Parcel", "name_ko": "택배", "fee": "3000", "free_from": "50000.00", "abroad_fee": None}
        made = client.post(METHODS, body, "application/json")
        assert made.status_code == 201
        reply = made.json()
        assert (reply["vendor"], reply["fee"], reply["free_from"], reply["abroad_fee"], reply["currency"]) == (
            vendor.slug,
            "3000",
            "50000",
            None,
            "KRW",
        )
        address = f"{METHODS}{reply['id']}/"

        changed = client.patch(address, {"free_from": None, "active": False}, "application/json").json()
        assert (changed["free_from"], changed["active"], changed["fee"]) == (None, False, "3000")
        assert [client.delete(address).status_code for _again in range(2)] == [204, 204]
        assert client.get(METHODS).json()["results"] == []

    @pytest.mark.parametrize(
        ("told", "field", "code"),
        [
            ({"fee": "1.5"}, "fee", "invalid_amount"),
            ({"fee": "-3000"}, "fee", "invalid_amount"),
            ({"kind": "pickup"}, "place", "required"),
            ({"days_least": 9, "days_most": 1}, "days_most", "invalid_days"),
            ({"days_most": 1.5}, "days_most", "invalid"),
            ({"weight": 3}, "weight", "unknown_field"),
        ],
    )
    def test_a_fault_names_its_field(self, told, field, code):
        answer = logged_in(a_seller()[1]).post(METHODS, {"name": "Parcel", **told}, "application/json")

        assert answer.status_code == 400
        assert [(one["attr"], one["code"]) for one in answer.json()["errors"]] == [(field, code)]

    def test_of_another_vendor_nothing_is_told_or_changed(self):
        mine, row, hidden = a_seller()[1], a_method(), a_method(active=False)
        client = logged_in(mine)

        assert client.get(METHODS).json()["results"] == []
        assert client.get(METHODS, {"vendor": row.vendor.slug}).json()["results"] == []
        assert client.patch(f"{METHODS}{row.pk}/", {"fee": "0"}, "application/json").status_code == 403
        assert client.patch(f"{METHODS}{hidden.pk}/", {"fee": "0"}, "application/json").status_code == 404
        assert client.delete(f"{METHODS}{row.pk}/").status_code == 403
        assert client.delete(f"{METHODS}{hidden.pk}/").status_code == 204
        assert Method.objects.count() == 2

    @pytest.mark.parametrize("number", [1, 10])
    def test_a_list_costs_the_same(self, number, django_assert_max_num_queries):
        vendor, seller = a_seller()
        for _each in range(number):
            a_method(vendor)
        client = logged_in(seller)
        client.get(METHODS)
        with django_assert_max_num_queries(3):
            assert len(client.get(METHODS).json()["results"]) == number


class TestDesk:
    FORM = {
        "kind": "parcel", "name": "Parcel", "name_ko": "택배", "place": "", "days_least": 1, "days_most": 3,
        "fee": "3,000", "free_from": "50,000", "remote_fee": "4000", "abroad_fee": "", "position": 0, "active": "on",
    }  # fmt: skip

    def test_made_by_a_form_and_shown_as_buyers_see_it(self, settings):
        settings.LANGUAGE_CODE = "en"
        vendor, seller = a_seller()
        client = logged_in(seller)

        assert client.post(f"{DESK}add/", self.FORM).status_code == 302
        row = Method.objects.get(vendor=vendor)
        assert (row.fee, row.free_from, row.remote_fee, row.abroad_fee) == (3_000, 50_000, 4_000, None)
        page = client.get(f"{DESK}{row.pk}/change/").content.decode()
        for said in ("Seoul: ₩3,000", "Jeju: ₩7,000", "London: not delivered", "Free from: ₩50,000"):
            assert said in page

    @pytest.mark.parametrize(
        "told", [{"fee": "-1"}, {"fee": "x"}, {"days_least": 9}, {"kind": "pickup"}, {"name": ""}, {"fee": ""}]
    )
    def test_what_cannot_be_comes_back_on_the_form(self, told):
        vendor, seller = a_seller()
        answer = logged_in(seller).post(f"{DESK}add/", {**self.FORM, **told})

        assert answer.status_code == 200
        assert answer.context["adminform"].form.errors
        assert "택배" in answer.content.decode()
        assert not Method.objects.filter(vendor=vendor).exists()

    def test_taken_off_and_put_back_many_at_once(self):
        vendor, seller = a_seller()
        rows = [a_method(vendor) for _each in range(2)]
        client = logged_in(seller)
        for action, active in (("offer_no_more", False), ("offer_again", True)):
            chosen = {"action": action, "_selected_action": [str(row.pk) for row in rows]}
            client.post(DESK, chosen)
            assert set(Method.objects.values_list("active", flat=True)) == {active}

    def test_deleted(self):
        row = a_method()
        logged_in(seller_of(row.vendor)).post(f"{DESK}{row.pk}/delete/", {"post": "yes"})
        assert not Method.objects.exists()
