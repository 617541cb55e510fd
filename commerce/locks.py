"""The one order in which commerce locks rows (rule 2.0). Who follows it cannot deadlock.

    locks.register("stock", "commerce_stock.Stock")                 in AppConfig.ready
    stocks = locks.take("stock", [line.stock_id for line in lines]) inside the act's transaction

`take` sorts and de-duplicates the ids, locks with FOR NO KEY UPDATE (which lets rows that point here be written), waits
three seconds at most, and gives the rows *as they are now*: decide on those, not on what was read before. Taking a new row of
an earlier place after one of a later place is a mistake of the programmer and raises OutOfOrder, in production too: a
deadlock there would be found by a customer.
"""

import json
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import OperationalError, connection
from django.utils.translation import gettext_lazy as _

from community.foundation.problems import Conflict

ORDER = (
    "cart",
    "purchase",
    "order",
    "return",
    "attempt",
    "auction",
    "stock",
    "capacity",
    "budget",
    "coupon",
    "settlement",
    "account",
)
"""Which kind of row is locked before which; idempotency's advisory lock comes before all."""
PATIENCE = "3s"
GIVEN_UP = ("55P03", "40P01")
"""lock_not_available and deadlock_detected: nothing was taken, and the same request may succeed a moment later."""
_models: dict[str, str] = {}


class OutOfOrder(RuntimeError):
    """A row was to be locked after one of a later place."""


class Busy(Conflict):
    """The row is held by others for longer than a customer would wait."""

    code = "busy"
    retry_after = 1
    passing = True
    detail = _("Many people want this at the same moment. Try again; nothing was taken from you.")


def register(place: str, model: str) -> None:
    """Say which model ("app_label.Model") is locked at a place of ORDER."""
    if place not in ORDER:
        raise ValueError(f"{place!r} is not in the lock order")
    if _models.setdefault(place, model) != model:
        raise ValueError(f"{place!r} is {_models[place]}")


def registered() -> dict[str, str]:
    """The model of each place that has one."""
    return dict(_models)


def take(place: str, ids: Iterable[UUID]) -> dict[UUID, Any]:
    """Lock these rows in the order of their keys; gives them by key. Ids without a row are left out.

    Raises RuntimeError outside a transaction, OutOfOrder, and Busy (409) after three seconds of waiting.
    """
    keys = {str(id) for id in ids}
    _enter(place, keys)
    rows = apps.get_model(_models[place])._base_manager.select_for_update(no_key=True)
    try:
        return {row.pk: row for row in rows.filter(pk__in=keys).order_by("pk")}
    except OperationalError as error:
        if getattr(error.__cause__, "sqlstate", "") in GIVEN_UP:
            raise Busy from error
        raise


def take_one(place: str, id: UUID) -> Any:
    """Lock one row; None when there is none. Raises as `take`."""
    return next(iter(take(place, [id]).values()), None)


def _enter(place: str, keys: set[str]) -> None:
    """Note in the transaction itself what is held: the note ends with it, and no other connection sees it. What is held
    already may be taken again from any place: that waits for nobody."""
    if not connection.in_atomic_block:
        raise RuntimeError("locks.take() belongs inside the act's transaction")
    act = _act()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_setting('madang.locked', true), set_config('lock_timeout', %s, true)", [PATIENCE]
        )
        noted_act, held = json.loads(cursor.fetchone()[0] or '["", {}]')
        held = held if noted_act == act else {}
        own = set(held.get(place, ()))
        fresh = keys - own
        _require_order(place, fresh, own, held)
        if fresh:
            note = [act, {**held, place: sorted(own | keys)}]
            cursor.execute("SELECT set_config('madang.locked', %s, true)", [json.dumps(note)])


def _require_order(place: str, fresh: set[str], own: set[str], held: dict[str, list[str]]) -> None:
    """Raises OutOfOrder where a row that is not held yet would come after one of a later place, or a later key."""
    later = [name for name in held if ORDER.index(name) > ORDER.index(place)]
    if later and fresh:
        raise OutOfOrder(f"{place!r} is to be locked before {max(later, key=ORDER.index)!r}")
    if fresh and own and min(fresh) < max(own):
        raise OutOfOrder(f"all rows of {place!r} are to be locked at once")


def _act() -> str:
    """Tells acts apart that a test runs in one transaction, each in a savepoint; elsewhere a transaction is one act."""
    around = sum(block._from_testcase for block in connection.atomic_blocks)  # type: ignore[attr-defined,misc]
    inside = connection.savepoint_ids[around - 1 :] if around else []
    return next((sid for sid in inside if sid), "")
