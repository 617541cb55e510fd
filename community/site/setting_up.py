"""The act of naming this installation. `manage.py setup` and the admin call it."""

import zoneinfo
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from community.foundation import clock
from community.site import present
from community.site.errors import NoName, NotAnAddress, UnknownLanguage, UnknownTimeZone
from community.site.logos import redrawn
from community.site.models import Site

LONGEST_NAME = 60


@transaction.atomic
def change_site(
    *,
    name: str | None = None,
    who_runs_it: str | None = None,
    contact_email: str | None = None,
    default_language: str | None = None,
    time_zone: str | None = None,
    logo: bytes | None = None,
) -> Site:
    """Set what is given and leave the rest; the first call makes the row. An empty `logo` takes the logo away.

    Raises NoName, UnknownLanguage, UnknownTimeZone, NotAnAddress, NotALogo.
    """
    said = {
        "name": good_name(name),
        "who_runs_it": None if who_runs_it is None else who_runs_it.strip()[:500],
        "contact_email": _address(contact_email),
        "default_language": _language(default_language),
        "time_zone": good_zone(time_zone),
    }
    values: dict[str, Any] = {field: value for field, value in said.items() if value is not None}
    if logo is not None:
        values["logo"], values["logo_mark"] = redrawn(logo) if logo else (None, "")
    return _store({**values, "set_up_at": clock.now()})


@transaction.atomic
def note_demo() -> Site:
    """The demo community is loaded: the next start does not load it again, and /health/ may say so."""
    return _store({"demo_loaded_at": clock.now()})


def _store(values: dict[str, Any]) -> Site:
    first = {"name": "Madang", "default_language": settings.LANGUAGE_CODE, "time_zone": settings.TIME_ZONE}
    site, _made = Site.objects.select_for_update().update_or_create(
        id=1, defaults=values, create_defaults={**first, **values}
    )
    transaction.on_commit(present.forget)
    return site


def good_name(name: str | None) -> str | None:
    """The name with single spaces. Raises NoName."""
    if name is None:
        return None
    name = " ".join(name.split())
    if not 1 <= len(name) <= LONGEST_NAME or not name.isprintable():
        raise NoName(field="name")
    return name


def _address(address: str | None) -> str | None:
    if address:
        try:
            validate_email(address)
        except ValidationError as error:
            raise NotAnAddress(field="contact_email") from error
    return address


def _language(language: str | None) -> str | None:
    if language is not None and language not in dict(settings.LANGUAGES):
        raise UnknownLanguage(field="default_language")
    return language


def good_zone(zone: str | None) -> str | None:
    """Raises UnknownTimeZone."""
    if zone is not None and zone not in zoneinfo.available_timezones():
        raise UnknownTimeZone(field="time_zone")
    return zone
