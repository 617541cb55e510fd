"""Keep what is being written, and drop it when it is published."""

import re
import uuid
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from community.boards.models import Board, Post
from community.drafts.errors import TooManyDrafts, WrittenElsewhere
from community.drafts.models import BODY_LENGTH, KEY_LENGTH, TITLE_LENGTH, Draft
from community.foundation.clock import now
from community.foundation.markdown import tidy
from community.foundation.problems import Invalid
from community.members.models import Member

MOST = 100
_KEY = re.compile(r"(?:topic:[-\w]{1,60}|(?:post|edit):[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})")


@transaction.atomic
def keep_draft(*, by: Member, key: str, sequence: int, body: str, title: str = "") -> Draft:
    """Keep a text under a sequence number higher than the one kept; the same save again changes nothing.

    Raises WrittenElsewhere when the number is not higher and the text differs, Invalid with the field, TooManyDrafts.
    """
    if len(key) > KEY_LENGTH or not _KEY.fullmatch(key):
        raise Invalid(_("That is no place for a draft."), code="invalid", field="key")
    if not 1 <= sequence < 2**62:
        raise Invalid(_("The sequence is a whole number from 1."), code="invalid", field="sequence")
    title, body = tidy(title)[:TITLE_LENGTH], tidy(body)
    if len(body) > BODY_LENGTH:
        raise Invalid(_("A text ends at 20,000 characters."), code="max_length", field="body")
    Member.objects.select_for_update(no_key=True).get(pk=by.pk)  # one member's drafts are counted one after the other
    draft = Draft.objects.filter(member=by, key=key).first() or _new(by, key)
    if sequence <= draft.sequence:
        if (draft.title, draft.body) == (title, body):
            return draft
        raise WrittenElsewhere(field="sequence")
    draft.sequence, draft.title, draft.body, draft.updated_at = sequence, title, body, now()
    draft.save()
    return draft


def _new(by: Member, key: str) -> Draft:
    if Draft.objects.filter(member=by).count() >= MOST:
        raise TooManyDrafts
    return Draft(member=by, key=key)


@transaction.atomic
def drop_draft(*, by: Member, key: str) -> bool:
    """Forget a draft; False if there was none."""
    return bool(Draft.objects.filter(member=by, key=key).delete()[0])


def drop_published(*, post: Post, by: Member) -> None:
    """What was published is no draft any more; in the transaction of its publishing."""
    place = f"topic:{post.topic.board.slug}" if post.is_opening else f"post:{post.topic_id}"
    Draft.objects.filter(member=by, key=place).delete()


def places(drafts: list[Draft], member: Any) -> dict[uuid.UUID, tuple[str, str]]:
    """(name of the place, address to write on) of each draft whose place `member` may still see."""
    named: dict[str, dict[str, Draft]] = {"topic": {}, "post": {}, "edit": {}}
    for draft in drafts:
        kind, _colon, name = draft.key.partition(":")
        named[kind][name] = draft
    found: dict[uuid.UUID, tuple[str, str]] = {}
    for board in Board.objects.visible_to(member).filter(slug__in=named["topic"]):
        found[named["topic"][board.slug].pk] = (board.shown_name, f"{board.get_absolute_url()}new/")
    openings = Post.objects.visible_to(member).filter(topic__in=[uuid.UUID(key) for key in named["post"]], number=1)
    for post in openings.select_related("topic"):
        draft = named["post"][str(post.topic_id)]
        found[draft.pk] = (post.topic.title, f"{post.topic.get_absolute_url()}#reply")
    for post in Post.objects.visible_to(member).filter(pk__in=named["edit"]).select_related("topic"):
        found[named["edit"][str(post.pk)].pk] = (post.topic.title, f"{post.get_absolute_url()}edit/")
    return found
