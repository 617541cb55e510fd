"""The terms of use and the privacy statement, each with its version.

A text stands in templates/community/site/legal/_<name>_<language>.html. Change the version with the text: every
member is then asked to accept it again (members.joining), and the page names the day it holds from.
"""

import datetime as dt
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

TERMS, PRIVACY = "terms", "privacy"
VERSIONS = {TERMS: "2026-11-01", PRIVACY: "2026-11-01"}
TITLES = {TERMS: _("Terms of use"), PRIVACY: _("What happens with your data")}
LANGUAGES = ("ko", "en")


@dataclass(frozen=True)
class Document:
    title: Promise
    version: str
    holds_from: dt.date
    template: str


def current(name: str) -> Document:
    """The document that holds now, in the reader's language."""
    language = get_language() if get_language() in LANGUAGES else "en"
    version = VERSIONS[name]
    template = f"community/site/legal/_{name}_{language}.html"
    return Document(TITLES[name], version, dt.date.fromisoformat(version), template)
