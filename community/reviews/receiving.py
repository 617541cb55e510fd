"""Take in the photos that are chosen while a review is written.

They are stored before the rest of the form is looked at, since a browser forgets chosen files when a form comes back:
whatever else is wrong, a photo that was good stays, ticked, and only those that were not are to be sent again.
"""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from community.foundation.problems import Invalid, Sentence, TooLarge, TooMany
from community.reviews.models import MOST_PHOTOS
from community.uploads.storing import store_upload

TOO_MANY = _("A review shows ten pictures at most. Leave some out.")


@dataclass
class Received:
    """The pictures now stored, in the order of sending, and a sentence for each that was refused."""

    stored: list[uuid.UUID] = field(default_factory=list)
    refused: list[Sentence] = field(default_factory=list)


def receive_photos(*, by: Any, files: Iterable[Any], alt: str = "", room: int = MOST_PHOTOS) -> Received:
    """Store `files`, at most `room` of them, each described by `alt`.

    Raises Refused for a silenced member; what is wrong with a file is told in the answer.
    """
    received = Received()
    for file in files:
        if len(received.stored) >= room:
            received.refused.append(TOO_MANY)
            break
        try:
            received.stored.append(store_upload(by=by, file=file, name=file.name, alt=alt).pk)
        except (Invalid, TooLarge, TooMany) as problem:
            received.refused.append(format_lazy("{}: {}", file.name, problem.detail))
    return received
