"""Change how one is shown: name, words about oneself, language, time zone."""

import unicodedata
import zoneinfo

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from community.foundation.characters import is_blank, within, words
from community.foundation.problems import Blank, Invalid, Refused
from community.members import naming, standing
from community.members.models import Member

SHOWN = ("display_name", "bio")
LONGEST_DISPLAY_NAME, LONGEST_BIO = 50, 500  # as the columns are
CHOSEN = ("language", "time_zone", "profile_open")


@transaction.atomic
def change_profile(*, by: Member, username: str | None = None, **changes: object) -> Member:
    """Change one's own profile; what is not given stays. Gives the changed member.

    Changes of display_name, bio, language, time_zone, profile_open. Raises Invalid, what `naming.rename` raises, and
    for what others would read what `standing.require_voice` raises.
    """
    member = Member.objects.select_for_update().get(pk=by.pk)
    if username is not None and username != member.username:
        standing.require_voice(member)
        member = naming.rename(by=by, member=member, username=username)
    if any(name in changes and changes[name] != getattr(member, name) for name in SHOWN):
        standing.require_voice(member)
    zone = changes.get("time_zone")
    if zone and zone not in zoneinfo.available_timezones():
        raise Invalid(_("That is not a time zone we know."), code="unknown_time_zone", field="time_zone")
    for name, value in changes.items():
        if name not in (*SHOWN, *CHOSEN):
            raise TypeError(name)
        setattr(member, name, _kept(name, value))
    member.save(update_fields=list(changes))
    return member


def _kept(name: str, value: object) -> object:
    if name == "display_name":
        return _one_line(value)
    return words(str(value), field=name, most=LONGEST_BIO) if name == "bio" else value


def _one_line(value: object) -> str:
    """A name holds no line break and nothing that hides or turns text round: it stands in letters' heads too."""
    text = " ".join(unicodedata.normalize("NFC", str(value)).split())
    if text and is_blank(text):
        raise Blank(field="display_name")
    if not text.isprintable():
        raise Invalid(_("That name holds characters that cannot be shown."), code="unprintable", field="display_name")
    return within(text, field="display_name", most=LONGEST_DISPLAY_NAME)


@transaction.atomic
def empty_shown(*, by: Member, member: Member) -> Member:
    """An operator empties the display name and the words about themselves that a member shows; the user name stays.

    Raises Refused for all but operators.
    """
    if not by.is_operator:
        raise Refused
    row = Member.objects.select_for_update().get(pk=member.pk)
    row.display_name = row.bio = ""
    row.save(update_fields=["display_name", "bio"])
    return row
