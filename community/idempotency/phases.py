"""Run a keyed POST that is more than one transaction, once (rule 2.7).

    class Checkout(Endpoint):
        requires_key = phased = True

        def post(self, request):
            purchase = check_out(claim=phases.claim_of(request), …)

A row claims (actor, key) and is committed before anything else happens; rivals find it and come back later. The handler
gets the claim's id, keeps it in a unique column of what it makes, and looks there first: should the process die between
effect and reply, a repeat takes the stale claim over after a minute and finds what was made. Replies are stored, refusals
too, since a refused phase may have left something (a declined payment); what may pass in a moment frees the claim at once.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from rest_framework.request import Request
from rest_framework.response import Response

from community.foundation import clock
from community.foundation.problems import Problem
from community.idempotency.errors import KeyMismatch, StillRunning
from community.idempotency.models import StoredReply

STALE = dt.timedelta(seconds=60)
FREE = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


@dataclass(frozen=True)
class Asked:
    """Who asks under which key, and a digest of what."""

    actor: str
    key: str
    digest: bytes


def claim_of(request: Request) -> UUID | None:
    """The id of the attempt that this request makes, the same for each repeat; None without a key."""
    return getattr(request, "claim", None)


def again(stored: StoredReply, asked: Asked) -> HttpResponse:
    """The first reply once more. Raises KeyMismatch for another request, StillRunning before there is one."""
    if bytes(stored.request_digest) != asked.digest:
        raise KeyMismatch
    if stored.status is None:
        raise StillRunning
    reply = HttpResponse(bytes(stored.content), status=stored.status, content_type="application/json")
    reply["Idempotent-Replayed"] = "true"
    return reply


def run(handler: Callable[..., Response], request: Request, asked: Asked, args: Any, kwargs: Any) -> Any:
    """Run the handler on a claim, outside any transaction, and store its reply."""
    claimed = _claim(asked)
    if claimed.status is not None:
        return again(claimed, asked)
    request.claim = claimed.claim  # type: ignore[attr-defined]
    view: Any = handler.__self__  # type: ignore[attr-defined]
    try:
        response = handler(request, *args, **kwargs)
    except Exception as error:
        if not isinstance(error, Problem) or error.passing or error.status >= 500:
            _free(claimed)
            raise
        response = view.handle_exception(error)
    kept = getattr(view, "to_store", lambda data: data)(response.data)
    content = b"" if kept is None else request.accepted_renderer.render(kept)
    ended = StoredReply.objects.filter(pk=claimed.pk, running_since=claimed.running_since)
    ended.update(status=response.status_code, content=content, running_since=None)
    return response


def _claim(asked: Asked) -> StoredReply:
    """The row of this key: ours to run if it has no status. Raises KeyMismatch, StillRunning."""
    moment = clock.now()
    row = StoredReply(actor=asked.actor, key=asked.key, request_digest=asked.digest, running_since=moment)
    StoredReply.objects.bulk_create([row], ignore_conflicts=True)
    stored = StoredReply.objects.get(actor=asked.actor, key=asked.key)
    if stored.claim == row.claim or stored.status is not None:
        return stored
    if bytes(stored.request_digest) != asked.digest:
        raise KeyMismatch
    if stored.running_since is None or stored.running_since > moment - STALE:
        raise StillRunning
    stale = StoredReply.objects.filter(pk=stored.pk, running_since=stored.running_since)
    if not stale.update(running_since=moment):  # a rival took it over first
        raise StillRunning
    stored.running_since = moment
    return stored


def _free(claimed: StoredReply) -> None:
    """Let the next repeat run at once, under the same claim."""
    StoredReply.objects.filter(pk=claimed.pk, running_since=claimed.running_since).update(running_since=FREE)
