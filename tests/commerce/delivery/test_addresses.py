"""The address book: its page and its REST rows (2.23)."""

import pytest

from commerce.delivery import addressing
from commerce.delivery.models import Address
from tests.factories.delivery import ABROAD, ADDRESS, an_address
from tests.factories.members import a_member, logged_in

pytestmark = pytest.mark.django_db
PAGE, REST = "/settings/addresses/", "/api/v1/addresses/"


def test_one_is_remembered_shown_and_forgotten():
    member = a_member(language="en")
    client = logged_in(member)

    assert client.post(PAGE, ADDRESS).status_code == 302
    assert client.post(PAGE, ABROAD).status_code == 302
    page = client.get(PAGE).content.decode()
    assert "(04524) 서울특별시 중구 세종대로 110, 3층" in page
    assert "12 St James&#x27;s Square, London SW1Y 4JH, United Kingdom" in page

    for row in addressing.addresses_of(member):
        client.post(f"{PAGE}{row.pk}/delete/")
    assert not Address.objects.exists()


def test_what_does_not_fit_comes_back_with_all_that_was_entered():
    client = logged_in(a_member(language="en"))
    page = client.post(PAGE, {**ADDRESS, "postcode": "100-011", "phone": "call me"})

    said = page.content.decode()
    assert page.status_code == 400
    assert "A Korean postcode has five digits: 04526." in said
    assert said.count("has-errors") == 2
    for kept in ("김마당", "100-011", "세종대로 110"):
        assert kept in said
    assert not Address.objects.exists()


def test_browsers_can_fill_it_in():
    page = logged_in(a_member()).get(PAGE).content.decode()
    for name in ("postal-code", "address-line1", "address-line2", "address-level2", "tel", "name", "country"):
        assert f'autocomplete="shipping {name}"' in page


def test_over_rest():
    member = a_member()
    client = logged_in(member)
    made = client.post(REST, {name: ADDRESS[name] for name in ADDRESS if name != "region"}, "application/json")
    assert made.status_code == 201
    reply = made.json()
    assert {name: reply[name] for name in ADDRESS} == ADDRESS

    again = client.post(REST, ADDRESS, "application/json").json()
    assert again["id"] == reply["id"]
    assert len(client.get(REST).json()["results"]) == 1
    assert [client.delete(f"{REST}{reply['id']}/").status_code for _again in range(2)] == [204, 204]
    assert not Address.objects.exists()


def test_every_fault_over_rest_names_its_field():
    answer = logged_in(a_member()).post(
        REST, {**ADDRESS, "postcode": "1", "country": "XX", "phone": "x"}, "application/json"
    )

    found = {(one["attr"], one["code"]) for one in answer.json()["errors"]}
    assert answer.status_code == 400
    assert found == {("country", "invalid_country"), ("phone", "invalid_phone")}
    korean = logged_in(a_member()).post(REST, {**ADDRESS, "postcode": "1"}, "application/json").json()
    assert [(one["attr"], one["code"]) for one in korean["errors"]] == [("postcode", "invalid_postcode")]


def test_nobody_elses_is_seen_or_forgotten():
    row = an_address(a_member())
    client = logged_in(a_member())

    assert client.get(REST).json()["results"] == []
    assert client.delete(f"{REST}{row.pk}/").status_code == 204
    client.post(f"{PAGE}{row.pk}/delete/")
    assert Address.objects.get() == row


def test_guests_have_none():
    client = logged_in(None)
    assert client.get(PAGE)["Location"].startswith("/accounts/login/")
    assert client.get(REST).status_code == 401
