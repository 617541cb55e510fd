"""The sections of a member's settings; higher apps add theirs in `AppConfig.ready`.

sections.register(Section("notices", _("Notices and letters"), "community_notifications:settings", "bell", 50))
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Section:
    """One place of the settings: its route needs no arguments; sections stand in the order of `place`."""

    name: str
    label: str | Promise
    route: str
    icon: str
    place: int
    about: str | Promise = ""


_sections: dict[str, Section] = {}


def register(section: Section) -> None:
    """Add a section, or take the place of the one of that name."""
    _sections[section.name] = section


def all_sections() -> list[Section]:
    """In the order of their places."""
    return sorted(_sections.values(), key=lambda section: (section.place, section.name))


def register_own() -> None:
    for section in (
        Section(
            "profile", _("Profile"), "community_members:settings", "user", 10, _("Name, picture, language and time")
        ),
        Section(
            "security",
            _("Log-in and security"),
            "community_members:security",
            "shield",
            60,
            _("Password, passkeys, e-mail"),
        ),
        Section("tokens", _("Tokens"), "community_members:tokens", "key", 70, _("Keys for your own scripts")),
        Section("data", _("Your data"), "community_members:data", "database", 80, _("Take it along, or leave")),
    ):
        register(section)
