"""Tell what changed on a product, and whose words caused it. Everything happens under the lock of the product."""

import datetime as dt
from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from commerce.catalog.locks import product_for_change
from commerce.catalog.models import Product
from commerce.changes.conf import EARLIEST, MOST_SOURCES
from commerce.changes.errors import NoText, NotYet, TooManySources, UnknownSource
from commerce.changes.models import TEXT_LENGTH, TITLE_LENGTH, Cause, Change
from commerce.changes.sources import Reference, nameable, seen
from community.foundation import characters, clock, markdown
from community.foundation.problems import NotThere
from community.members import standing
from community.outbox.events import publish


@transaction.atomic
def publish_change(
    *,
    by: Any,
    product: Product,
    title: str,
    source: str,
    changed_on: dt.date | None = None,
    sources: Collection[Reference] = (),
) -> Change:
    """Tell of a change (today's, unless a day is given); the authors of `sources` are credited and told.

    Raises NotThere, NotYourProduct, ProductRemoved, Blank, Overlong, NoText, NotYet, UnknownSource, TooManySources.
    """
    standing.require_voice(by)
    locked = product_for_change(by=by, product_id=product.pk)
    change = Change(product=locked, by=by, published_at=clock.now())
    _put(change, title=title, source=source, changed_on=changed_on or here())
    change.save(force_insert=True)
    _name(change, sources, by)
    return change


@transaction.atomic
def edit_change(
    *,
    by: Any,
    change: Change,
    title: str | None = None,
    source: str | None = None,
    changed_on: dt.date | None = None,
    sources: Collection[Reference] | None = None,
) -> Change:
    """Change what is given. `sources` takes the place of those that `by` may see; who is named anew is told.

    Raises as `publish_change`.
    """
    row = _locked(by, change)
    _put(row, title=title, source=source, changed_on=changed_on)
    row.edited_at = clock.now()
    row.version += 1
    row.save()
    if sources is not None:
        _name(row, sources, by)
    return row


@transaction.atomic
def withdraw_change(*, by: Any, change: Change) -> Change:
    """Show it no more; again is no fault. Raises NotThere, NotYourProduct, ProductRemoved."""
    return _set_withdrawn(_locked(by, change), withdrawn=True)


@transaction.atomic
def show_again(*, by: Any, change: Change) -> Change:
    """Show it after all; again is no fault. Raises as `withdraw_change`."""
    return _set_withdrawn(_locked(by, change), withdrawn=False)


def here() -> dt.date:
    """Today, where the site is."""
    return clock.today(timezone.get_default_timezone())


def _locked(by: Any, change: Change) -> Change:
    standing.require_voice(by)
    if not Change.objects.visible_to(by).filter(pk=change.pk).exists():
        raise NotThere
    product = product_for_change(by=by, product_id=change.product_id)
    row = Change.objects.select_for_update(no_key=True).get(pk=change.pk)
    row.product = product
    return row


def _set_withdrawn(row: Change, *, withdrawn: bool) -> Change:
    if (row.withdrawn_at is not None) != withdrawn:
        row.withdrawn_at = clock.now() if withdrawn else None
        row.version += 1
        row.save(update_fields=["withdrawn_at", "version"])
    return row


def _put(row: Change, *, title: str | None, source: str | None, changed_on: dt.date | None) -> None:
    if title is not None:
        row.title = characters.visible_line(title, field="title", most=TITLE_LENGTH)
    if source is not None:
        row.source = characters.words(source, field="source", most=TEXT_LENGTH)
        if characters.is_blank(row.source):
            raise NoText(field="source")
        row.html, row.renderer = markdown.render(row.source).html, markdown.VERSION
    if changed_on is not None:
        if not EARLIEST <= changed_on <= here():
            raise NotYet(field="changed_on")
        row.changed_on = changed_on


def _name(change: Change, wanted: Collection[Reference], by: Any) -> None:
    """Make `wanted` the causes that `by` sees. What is hidden from them at present stays named, and unseen."""
    asked = list(dict.fromkeys(wanted))
    known = {(one.source_kind, one.source_id): one for one in change.causes.all()}
    dropped = [known[each].pk for each in seen(known, by) if each not in asked]
    fresh = [each for each in asked if each not in known]
    if len(known) - len(dropped) + len(fresh) > MOST_SOURCES:
        raise TooManySources(field="sources")
    _require_nameable(change, fresh, by)
    Cause.objects.filter(pk__in=dropped).delete()
    made = Cause.objects.bulk_create(Cause(change=change, source_kind=kind, source_id=id) for kind, id in fresh)
    for cause in made:
        publish(topic="change.credited", key=str(cause.source_id), payload={"cause": str(cause.pk)})


def _require_nameable(change: Change, fresh: Collection[Reference], by: Any) -> None:
    by_kind: dict[str, set[UUID]] = {}
    for kind, id in fresh:
        by_kind.setdefault(kind, set()).add(id)
    for kind, ids in by_kind.items():
        if nameable(kind, change.product.vendor, by).filter(pk__in=ids).count() < len(ids):
            raise UnknownSource(field="sources")
