"""Addresses: what is taken, what is refused, what is remembered (2.23)."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.utils.translation import override

from commerce.delivery import addressing, countries
from commerce.delivery.errors import AddressInvalid
from commerce.delivery.models import Address
from community.foundation import clock
from tests.factories.delivery import ABROAD, ADDRESS, an_address
from tests.factories.members import a_member


def _faults(**fields) -> dict[str, str]:
    with pytest.raises(AddressInvalid) as refused:
        addressing.checked({**ADDRESS, **fields})
    return {name: fault.code for name, fault in refused.value.faults.items()}


class TestForm:
    def test_a_korean_address_and_one_abroad_are_kept_as_written(self) -> None:
        assert addressing.checked(ADDRESS) == ADDRESS
        assert addressing.checked(ABROAD) == ABROAD

    def test_what_is_optional_may_be_left_out(self) -> None:
        short = {name: ADDRESS[name] for name in ADDRESS if name not in ("line2", "region")}

        assert addressing.checked(short) == {**ADDRESS, "line2": ""}
        assert addressing.checked({**short, "line2": None}) == {**ADDRESS, "line2": ""}

    @pytest.mark.parametrize("name", ["name", "line1", "city", "postcode", "country", "phone"])
    @pytest.mark.parametrize("value", ["", "  ", None, "\u3164"])
    def test_what_is_needed_is_asked_for_by_its_field(self, name, value) -> None:
        assert _faults(**{name: value}) == {name: "required"}

    @pytest.mark.parametrize("postcode", ["0452", "045245", "100-011", "ABCDE", "٠٤٥٢٤"])
    def test_a_korean_postcode_has_five_digits(self, postcode) -> None:
        assert _faults(postcode=postcode) == {"postcode": "invalid_postcode"}

    @pytest.mark.parametrize("postcode", ["０４５２４", " 04524 ", "04 524"])
    def test_digits_of_a_korean_keyboard_and_spaces_are_understood(self, postcode) -> None:
        assert addressing.checked({**ADDRESS, "postcode": postcode})["postcode"] == "04524"

    @pytest.mark.parametrize("postcode", ["sw1y 4jh", "90210-1234", "100-0001", "D02 X285", "00000"])
    def test_other_countries_have_postcodes_of_their_own(self, postcode) -> None:
        assert addressing.checked({**ABROAD, "postcode": postcode})["postcode"] == postcode.upper()

    @pytest.mark.parametrize("postcode", ["<b>", "1234567890123", "-1-"])
    def test_but_not_anything(self, postcode) -> None:
        with pytest.raises(AddressInvalid) as refused:
            addressing.checked({**ABROAD, "postcode": postcode})
        assert set(refused.value.faults) == {"postcode"}

    @pytest.mark.parametrize("phone", ["010-1234-5678", "+82 (0)10 1234 5678", "112", "０１０-1234-5678"])
    def test_phone_numbers_are_never_checked_for_being_in_service(self, phone) -> None:
        assert addressing.checked({**ADDRESS, "phone": phone})["phone"]

    @pytest.mark.parametrize("phone", ["12", "call me", "010.1234.5678", "---", "1" * 21])
    def test_but_for_their_form(self, phone) -> None:
        assert set(_faults(phone=phone)) == {"phone"}

    @pytest.mark.parametrize("country", ["XX", "ZZ", "EU", "K", "KOR", "한국"])
    def test_only_countries_there_are(self, country) -> None:
        assert set(_faults(country=country)) == {"country"}

    def test_a_country_in_small_letters_is_meant_all_the_same(self) -> None:
        assert addressing.checked({**ADDRESS, "country": "kr"})["country"] == "KR"

    def test_all_faults_are_told_at_once(self) -> None:
        found = _faults(name="", line1="x" * 121, postcode="1", phone="x", city=7)

        assert found == {
            "name": "required",
            "line1": "max_length",
            "postcode": "invalid_postcode",
            "phone": "invalid_phone",
            "city": "invalid",
        }

    def test_line_breaks_and_hidden_signs_do_not_reach_a_label(self) -> None:
        kept = addressing.checked({**ADDRESS, "name": "김\u202e마당\nBcc: x", "line1": "세종대로\u0000 110"})

        assert (kept["name"], kept["line1"]) == ("김마당 Bcc: x", "세종대로 110")

    def test_countries_are_named_in_the_readers_language_home_first(self) -> None:
        with override("ko"):
            assert countries.choices()[0] == ("KR", "대한민국")
            assert countries.name_of("GB") == "영국"
        with override("en"):
            assert dict(countries.choices())["JP"] == "Japan"


@pytest.mark.django_db
class TestRemembering:
    def test_the_same_address_is_kept_once_and_comes_first_when_used_again(self) -> None:
        member = a_member()
        an_address(member)
        an_address(member, line1="남대문로 1")
        with clock.shifted(dt.timedelta(minutes=1)):
            an_address(member)

        assert [row.line1 for row in addressing.addresses_of(member)] == ["세종대로 110", "남대문로 1"]

    def test_beyond_twenty_the_longest_unused_goes(self) -> None:
        member, other = a_member(), a_member()
        an_address(other)
        for number in range(21):
            with clock.shifted(dt.timedelta(minutes=number)):
                an_address(member, line1=f"세종대로 {number}")

        lines = [row.line1 for row in addressing.addresses_of(member)]
        assert lines == [f"세종대로 {number}" for number in range(20, 0, -1)]
        assert Address.objects.filter(member=member).count() == 20
        assert Address.objects.filter(member=other).count() == 1

    def test_nobody_elses_are_seen_or_deleted(self) -> None:
        member, other = a_member(), a_member()
        row = an_address(member)

        addressing.forget(by=other, address_id=row.pk)

        assert addressing.addresses_of(other) == []
        assert addressing.addresses_of(member) == [row]
        addressing.forget(by=member, address_id=row.pk)
        addressing.forget(by=member, address_id=row.pk)
        assert addressing.addresses_of(member) == []

    def test_a_remembered_one_is_the_copy_that_a_purchase_keeps(self) -> None:
        assert addressing.as_kept(an_address(a_member())) == ADDRESS

    @pytest.mark.parametrize("field", ["name", "line1", "city", "postcode"])
    def test_the_database_keeps_no_half_address(self, field) -> None:
        with pytest.raises(IntegrityError, match="delivery_address_is_whole"), transaction.atomic():
            Address.objects.create(member=a_member(), **{**ADDRESS, field: ""})

    def test_nor_the_same_twice(self) -> None:
        row = an_address(a_member())
        with pytest.raises(IntegrityError, match="delivery_address_once_a_member"), transaction.atomic():
            Address.objects.create(member=row.member, **ADDRESS)
