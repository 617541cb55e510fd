"""Write down a search, and what was opened from it."""

import re
import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import get_language

from community.foundation import clock, targets
from community.foundation.characters import tidy
from community.foundation.problems import NotThere
from community.touchpoints.models import WORDS_LENGTH, Touchpoint

CLICK_WITHIN = timedelta(hours=24)
_PERSONAL = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+|(?:\d[\s.-]?){9,}")


@transaction.atomic
def record_search(*, by: Any, words: str, results: int, channel: str = Touchpoint.Channel.WEB) -> Touchpoint:
    """A search for `words` by `by` (a member or a guest) that found `results` rows on its first page.

    Addresses and long numbers in the words are masked: people paste them, and nobody is to find them here.
    """
    words = " ".join(_PERSONAL.sub("…", tidy(words)).split())[:WORDS_LENGTH]
    return Touchpoint.objects.create(
        kind=Touchpoint.Kind.SEARCH,
        channel=channel,
        member=named(by),
        words=words or "…",
        results=results,
        language=(get_language() or "")[:5],
    )


@transaction.atomic
def record_click(
    *, by: Any, search: uuid.UUID | str, kind: str, id: uuid.UUID | str, place: int | None = None
) -> Touchpoint:
    """`by` opened a result of that search. Repeated, it gives the row made the first time.

    Raises NotThere for a search that is unknown or older than a day, and for a target that `by` may not see.
    """
    try:
        followed = uuid.UUID(str(search))
    except ValueError as error:
        raise NotThere from error
    recent = Touchpoint.objects.filter(pk=followed, kind=Touchpoint.Kind.SEARCH, at__gte=clock.now() - CLICK_WITHIN)
    origin = recent.first()
    if origin is None:
        raise NotThere
    target = targets.find(kind=kind, id=id, member=by)
    click, _made = Touchpoint.objects.get_or_create(
        kind=Touchpoint.Kind.CLICK,
        follows=origin.pk,
        target_id=target.pk,
        defaults={
            "target_kind": kind,
            "channel": origin.channel,
            "member": named(by),
            "place": min(place, 9999) if place and place > 0 else None,
            "language": origin.language,
        },
    )
    return click


def named(member: Any) -> Any | None:
    """The member as far as a touchpoint may name them: only who consents to profiling."""
    return member if getattr(member, "is_authenticated", False) and consents(member) else None


def consents(member: Any) -> bool:
    """Whether `member` agrees, now, to be named in what is learned from contacts."""
    return bool(_consented(member))


def ask_for_consent(answer: Callable[[Any], bool]) -> None:
    """From `AppConfig.ready` of whoever keeps consents. Until someone answers, nobody is named."""
    global _consented
    _consented = answer  # type: ignore[assignment]


def _consented(member: Any) -> bool:
    return False
