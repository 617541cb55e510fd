"""All that could ever be told to an actor: a notice of each thing there is, in a letter, a digest and on the page.

The letters are made here and not only read from the table, so that a kind of thing registered tomorrow is told of too.
"""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.apps import apps
from django.contrib.auth.models import AnonymousUser

from community.foundation import clock, targets
from community.notifications.composing import DIGEST, Words, compose
from community.notifications.listing import page_of_notices
from community.notifications.models import Letter, Notice
from community.notifications.noticing import tell
from community.notifications.writing import a_letter
from tests.factories.notifications import an_announcement


def letters_to(actor: Any) -> list[str]:
    """The words of every letter and notice that reaches the actor; none for a guest."""
    if actor is None:
        return []
    _tell_of_everything(actor)
    letters = [_letter(actor, notice.kind, notice_id=notice.pk) for notice in Notice.objects.filter(member=actor)]
    letters.append(_letter(actor, DIGEST, since=clock.now() - timedelta(days=1)))
    letters += Letter.objects.filter(member=actor)
    composed = [words for words in compose(letters).values() if isinstance(words, Words)]
    shown = page_of_notices(actor, cursor=None, size=1_000)
    return [f"{words.subject} {words.text} {words.html} {words.headers}" for words in composed] + [
        f"{notice.text} {notice.url}" for notice in shown.items
    ]


def _tell_of_everything(actor: Any) -> None:
    """Each row of each kind as what it happened to; and as what happened, to something that everyone may see."""
    public = an_announcement()
    for kind in targets.kinds().values():
        for row in _rows_of(kind):
            author = getattr(kind.author(row), "pk", None)
            for kind_of_notice, target in (("reply", (kind.name, row.pk)), ("mention", ("announcement", public.pk))):
                tell(kind=kind_of_notice, to=[actor.pk], target=target, source=(kind.name, row.pk), by=author)


def _rows_of(kind: targets.Kind) -> Iterator[Any]:
    """All rows, hidden or not; of members the hidden ones: a member's name is public, what they did may be secret."""
    rows = apps.get_model(kind.model)._base_manager.all()
    if kind.name == "member":
        rows = rows.exclude(pk__in=kind.visible_to(AnonymousUser()))
    return iter(rows)


def _letter(actor: Any, kind: str, **about: Any) -> Letter:
    return a_letter(kind=kind, address="actor@example.com", language="en", member=actor, **about)
