"""The voluntary fields: what each is for, which answers it takes, and which feature reads it.

Every field serves a feature. A feature that reads one says so in `AppConfig.ready` by `read_by`; a field that only a
feature to come will read names it in `to_come`. tests/community/profiles fails for a field with neither.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from community.foundation import clock
from community.profiles.errors import UnknownField, WrongValue

CHOICE, CHOICES, DATE, WORDS, DATES, SIZES = "choice", "choices", "date", "words", "dates", "sizes"
Labelled = tuple[tuple[str, str | Promise], ...]


@dataclass(frozen=True)
class VoluntaryField:
    """One question. `purpose` tells what the member gets from answering; `to_come` names features of later issues."""

    name: str
    label: str | Promise
    purpose: str | Promise
    kind: str
    choices: Labelled = ()
    to_come: tuple[str, ...] = ()

    def checked(self, value: Any) -> Any:
        """The value as it is stored. Raises WrongValue."""
        try:
            checked = _CHECKS[self.kind](self, value)
        except (TypeError, ValueError, KeyError, AttributeError) as error:
            raise WrongValue(field=self.name) from error
        return checked

    def shown(self, value: Any) -> str:
        """The value in words."""
        labels = dict(self.choices)
        if isinstance(value, dict):
            return ", ".join(f"{labels.get(key, key)} {item}" for key, item in value.items())
        if isinstance(value, list):
            return ", ".join(str(_entry(item, labels)) for item in value)
        return str(labels.get(value, value))


def _entry(item: Any, labels: dict[str, str | Promise]) -> str | Promise:
    return f"{item['name']} {item['day']}" if isinstance(item, dict) else labels.get(item, item)


def _choice(field: VoluntaryField, value: Any) -> str:
    if value not in dict(field.choices):
        raise ValueError(value)
    return value


def _several(field: VoluntaryField, value: Any) -> list[str]:
    if not isinstance(value, list) or not value:
        raise ValueError(value)
    wanted = {_choice(field, item) for item in value}
    return [name for name, _label in field.choices if name in wanted]


def _date(field: VoluntaryField, value: Any) -> str:
    day = dt.date.fromisoformat(value)
    if not dt.date(1900, 1, 1) <= day <= clock.today():
        raise ValueError(value)
    return day.isoformat()


def _words(field: VoluntaryField, value: Any) -> str:
    text = " ".join(value.split())
    if not 1 <= len(text) <= 60 or not text.isprintable():
        raise ValueError(value)
    return text


def _sizes(field: VoluntaryField, value: Any) -> dict[str, str]:
    given = {name: _words(field, str(value[name])) for name, _label in field.choices if value.get(name)}
    if not given or set(value) - set(dict(field.choices)):
        raise ValueError(value)
    return given


def _dates(field: VoluntaryField, value: Any) -> list[dict[str, str]]:
    """Up to ten days of a year, each "MM-DD" with a name."""
    if not isinstance(value, list) or not 1 <= len(value) <= 10:
        raise ValueError(value)
    found = []
    for item in value:
        day = dt.date.fromisoformat(f"2000-{item['day']}")
        found.append({"day": f"{day:%m-%d}", "name": _words(field, item["name"])})
    return sorted(found, key=lambda item: item["day"])


_CHECKS: dict[str, Callable[[VoluntaryField, Any], Any]] = {
    CHOICE: _choice,
    CHOICES: _several,
    DATE: _date,
    WORDS: _words,
    SIZES: _sizes,
    DATES: _dates,
}

FIELDS = (
    VoluntaryField(
        "interests", _("Interests"), _("So that your front page begins with what you like."), CHOICES,
        (
            ("food", _("food and drink")), ("home", _("home and living")), ("books", _("books")),
            ("screen", _("films and series")), ("music", _("music")), ("beauty", _("beauty")),
            ("fashion", _("fashion")), ("children", _("children")), ("pets", _("pets")), ("garden", _("garden")),
            ("sport", _("sport and outdoors")), ("travel", _("travel")), ("technology", _("technology")),
            ("craft", _("making things")),
        ),
        to_come=("recommendations/home: for-you shelf",),
    ),
    VoluntaryField(
        "region", _("Region"), _("So that shops and events near you come first."), CHOICE,
        (
            ("seoul", _("Seoul")), ("gyeonggi", _("Gyeonggi")), ("incheon", _("Incheon")), ("gangwon", _("Gangwon")),
            ("chungbuk", _("North Chungcheong")), ("chungnam", _("South Chungcheong")), ("daejeon", _("Daejeon")),
            ("sejong", _("Sejong")), ("jeonbuk", _("North Jeolla")), ("jeonnam", _("South Jeolla")),
            ("gwangju", _("Gwangju")), ("gyeongbuk", _("North Gyeongsang")), ("gyeongnam", _("South Gyeongsang")),
            ("daegu", _("Daegu")), ("ulsan", _("Ulsan")), ("busan", _("Busan")), ("jeju", _("Jeju")),
            ("abroad", _("outside Korea")),
        ),
        to_come=("recommendations/segments: target rules", "commerce/events: near you"),
    ),
    VoluntaryField(
        "birth_date", _("Birth date"), _("For a card on your birthday, and never shown with the year."), DATE,
        to_come=("recommendations/journeys: birthday card",),
    ),
    VoluntaryField(
        "household", _("Household"), _("So that sizes and amounts fit the people you buy for."), CHOICE,
        (
            ("alone", _("I live alone")), ("couple", _("two adults")), ("children", _("with children")),
            ("parents", _("with parents")), ("shared", _("in a shared home")),
        ),
        to_come=("recommendations/segments: target rules", "recommendations/offers: amounts"),
    ),
    VoluntaryField(
        "sizes", _("Sizes and style"), _("So that you enter your sizes once and see what fits."), SIZES,
        (("top", _("top")), ("bottom", _("trousers")), ("shoes", _("shoes")), ("style", _("style"))),
        to_come=("commerce/specifications: filled in for you",),
    ),
    VoluntaryField(
        "important_dates", _("Days that matter to you"), _("So that we remind you in time for a present."), DATES,
        to_come=("recommendations/journeys: anniversary card",),
    ),
    VoluntaryField(
        "gender", _("Gender"), _("To show what members like you chose; leave it out where it does not matter."), CHOICE,
        (("woman", _("woman")), ("man", _("man")), ("other", _("neither of these"))),
        to_come=("recommendations/knowledge: what members like you choose",),
    ),
    VoluntaryField(
        "occupation", _("Occupation"), _("To bring your questions to people who know the trade."), WORDS,
        to_come=("recommendations/segments: target rules",),
    ),
    VoluntaryField(
        "internet_experience", _("Experience online"), _("So that guidance shows as much as you need, and no more."), CHOICE,
        (
            ("new", _("I am new to this")), ("some", _("I get along")), ("much", _("I am at home here")),
        ),
        to_come=("community/boards: guidance of first acts",),
    ),
    VoluntaryField(
        "income_band", _("Income"), _("So that offers stay within your means. Used in groups of at least twenty."), CHOICE,
        (
            ("under_2", _("under 2 million won a month")), ("2_4", _("2 to 4 million won a month")),
            ("4_6", _("4 to 6 million won a month")), ("over_6", _("over 6 million won a month")),
        ),
        to_come=("recommendations/segments: target rules",),
    ),
)  # fmt: skip
BY_NAME = {field.name: field for field in FIELDS}
_readers: dict[str, set[str]] = {}


def named(name: str) -> VoluntaryField:
    """Raises UnknownField."""
    try:
        return BY_NAME[name]
    except KeyError as error:
        raise UnknownField(field=name) from error


def read_by(name: str, feature: str) -> None:
    """A feature says that it reads a field."""
    _readers.setdefault(named(name).name, set()).add(feature)


def readers(name: str) -> set[str]:
    """The features that read a field now."""
    return set(_readers.get(name, ()))
