"""Addresses: held to one form (Korean postcodes, or any other country's), and remembered for the next time.

An address is a dict of `FIELDS`, all strings, empty where optional: the copy that a purchase keeps.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from commerce.delivery import countries
from commerce.delivery.errors import AddressInvalid
from commerce.delivery.fees import HOME, Destination
from commerce.delivery.models import Address
from commerce.specifications.errors import Fault
from community.foundation import clock
from community.foundation.characters import is_blank, line

FIELDS = ("name", "line1", "line2", "city", "region", "postcode", "country", "phone")
OPTIONAL = ("line2", "region")
REMEMBERED = 20
LONGEST = {
    "name": 60,
    "line1": 120,
    "line2": 120,
    "city": 60,
    "region": 60,
    "postcode": 12,
    "country": 2,
    "phone": 20,
}
_KOREAN_POSTCODE = re.compile(r"\d{5}", re.ASCII)
_POSTCODE = re.compile(r"[A-Z0-9](?:[A-Z0-9 -]{0,10}[A-Z0-9])?", re.ASCII)
_PHONE = re.compile(r"(?=.*\d)[\d +()-]{3,20}", re.ASCII)


def checked(data: Mapping[str, Any]) -> dict[str, str]:
    """The address as it is kept. Unknown keys are left out. Raises AddressInvalid with a Fault for each wrong field."""
    faults: dict[str, Fault] = {}
    kept = {name: _text(name, data.get(name), faults) for name in FIELDS}
    for name, judge in _JUDGES.items():
        if name not in faults:
            kept[name], fault = judge(kept)
            if fault is not None:
                faults[name] = fault
    if faults:
        raise AddressInvalid(faults)
    return kept


def destination_of(address: Mapping[str, str]) -> Destination:
    """What the fee of a delivery depends on."""
    return Destination(address["country"], address["postcode"])


@transaction.atomic
def remember(member: Any, address: Mapping[str, str]) -> None:
    """Keep a checked address for the next time, or note that it was used again; beyond REMEMBERED the one that was
    longest unused goes."""
    row = Address(member=member, used_at=clock.now(), **{name: address[name] for name in FIELDS})
    Address.objects.bulk_create(
        [row], update_conflicts=True, unique_fields=["member", *FIELDS], update_fields=["used_at"]
    )
    own = Address.objects.filter(member=member)
    own.exclude(pk__in=own.order_by("-used_at", "-pk").values("pk")[:REMEMBERED]).delete()


def addresses_of(member: Any) -> list[Address]:
    """The member's own, the latest used first."""
    return list(Address.objects.visible_to(member).order_by("-used_at", "-pk")[:REMEMBERED])


def latest_of(member: Any) -> Address | None:
    """Where something was sent last; no query for guests."""
    return Address.objects.visible_to(member).order_by("-used_at", "-pk").first()


def as_kept(row: Address) -> dict[str, str]:
    """A remembered address as a purchase keeps it."""
    return {name: getattr(row, name) for name in FIELDS}


@transaction.atomic
def forget(*, by: Any, address_id: UUID) -> None:
    """Delete it from the book; again is no fault. What was bought keeps its copy."""
    Address.objects.visible_to(by).filter(pk=address_id).delete()


def _text(name: str, given: Any, faults: dict[str, Fault]) -> str:
    if given is not None and not isinstance(given, str):
        faults[name] = Fault("invalid", _("Enter a text."))
        return ""
    text = line((given or "")[: 4 * LONGEST[name]])
    if len(given or "") > 4 * LONGEST[name] or len(text) > LONGEST[name]:
        faults[name] = Fault("max_length", _("Enter at most %(most)s characters.") % {"most": LONGEST[name]})
    elif is_blank(text):
        if name not in OPTIONAL:
            faults[name] = Fault("required", _("This is needed to deliver."))
        return ""
    return text


Judged = tuple[str, Fault | None]


def _country(kept: Mapping[str, str]) -> Judged:
    code = kept["country"].upper()
    known = code in countries.codes()
    return code, None if known else Fault("invalid_country", _("Choose a country from the list, by its two letters."))


def _postcode(kept: Mapping[str, str]) -> Judged:
    code = unicodedata.normalize("NFKC", kept["postcode"]).upper()
    if kept["country"].upper() == HOME:
        code = code.replace(" ", "")
        fits = _KOREAN_POSTCODE.fullmatch(code)
        return code, None if fits else Fault("invalid_postcode", _("A Korean postcode has five digits: 04526."))
    fits = _POSTCODE.fullmatch(code)
    sentence = _("A postcode has letters, digits, spaces and hyphens. Where there is none, enter 00000.")
    return code, None if fits else Fault("invalid_postcode", sentence)


def _phone(kept: Mapping[str, str]) -> Judged:
    number = unicodedata.normalize("NFKC", kept["phone"])
    sentence = _("Enter a phone number with digits, spaces, + - ( ), at least 3 and at most 20.")
    return number, None if _PHONE.fullmatch(number) else Fault("invalid_phone", sentence)


_JUDGES: dict[str, Callable[[Mapping[str, str]], Judged]] = {
    "country": _country,
    "postcode": _postcode,
    "phone": _phone,
}
