"""What every page says of the site, remembered for a moment in this process, and at hand even without the database."""

import time
from contextlib import nullcontext
from dataclasses import dataclass

from django.conf import settings
from django.db import Error, connection, transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from community.foundation.problems import Sentence
from community.site.models import Site

REMEMBERED_SECONDS = 3.0


@dataclass(frozen=True)
class Facts:
    """`logo_url` is empty without a logo; `is_set_up` is false until someone named the site."""

    name: Sentence
    logo_url: str
    who_runs_it: str
    contact_email: str
    default_language: str
    time_zone: str
    is_set_up: bool
    demo_is_loaded: bool


_known: tuple[float, Facts] | None = None


def site() -> Facts:
    """The facts, at most three seconds old. Without the database: the last ones known, else defaults."""
    global _known
    known = _known
    if known and time.monotonic() - known[0] < REMEMBERED_SECONDS:
        return known[1]
    try:
        # A failure here must not spoil the transaction of the page around, if there is one.
        with transaction.atomic() if connection.in_atomic_block else nullcontext():
            facts = _read()
    except Error:
        return known[1] if known else _defaults()
    _known = (time.monotonic(), facts)
    return facts


def forget() -> None:
    """Read the row again at the next page."""
    global _known
    _known = None


def _read() -> Facts:
    row = Site.objects.defer("logo").first()
    if row is None:
        return _defaults()
    return Facts(
        name=row.name if row.set_up_at else _("Madang"),
        logo_url=reverse("site_logo", args=[row.logo_mark]) if row.logo_mark else "",
        who_runs_it=row.who_runs_it,
        contact_email=row.contact_email,
        default_language=row.default_language,
        time_zone=row.time_zone,
        is_set_up=row.set_up_at is not None,
        demo_is_loaded=row.demo_loaded_at is not None,
    )


def _defaults() -> Facts:
    return Facts(
        name=_("Madang"),
        logo_url="",
        who_runs_it="",
        contact_email="",
        default_language=settings.LANGUAGE_CODE,
        time_zone=settings.TIME_ZONE,
        is_set_up=False,
        demo_is_loaded=False,
    )
