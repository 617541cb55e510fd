"""Run a keyed POST once; the stored reply commits with its effects.

A transaction-scoped advisory lock on (actor, key) decides between rivals: the second finds it taken and is told to come
back (409). Only successes are stored: a refused request left nothing behind, so its key may be used again.

An endpoint that must talk to others between two transactions, as checkout does to the payment provider, says
`phased = True`: it runs outside any transaction, on a claim (`phases`).
"""

import datetime as dt
import functools
import hashlib
from collections.abc import Callable
from typing import Any, cast

from django.db import connection, transaction
from django.http import HttpResponse
from rest_framework.request import Request
from rest_framework.response import Response

from community.foundation import clock, limits
from community.idempotency import phases
from community.idempotency.errors import KeyInvalid, KeyRequired, StillRunning
from community.idempotency.models import StoredReply
from community.idempotency.phases import Asked, again

KEPT = dt.timedelta(days=7)


def replayed(handler: Callable[..., Response]) -> Callable[..., Any]:
    """Wrap the bound `post` of an endpoint. Endpoints with `requires_key = True` refuse to run without a key."""

    @functools.wraps(handler)
    def post(request: Request, *args: Any, **kwargs: Any) -> Response | HttpResponse:
        key = request.headers.get("Idempotency-Key")
        if key is None:
            if getattr(handler.__self__, "requires_key", False):  # type: ignore[attr-defined]
                raise KeyRequired
            return handler(request, *args, **kwargs)
        if not 1 <= len(key) <= 255 or not key.isascii() or not key.isprintable():
            raise KeyInvalid
        asked = Asked(_actor(request), key, _digest(request))
        if getattr(handler.__self__, "phased", False):  # type: ignore[attr-defined]
            return phases.run(handler, request, asked, args, kwargs)
        with transaction.atomic():
            return _once(handler, request, asked, args, kwargs)

    return post


def _actor(request: Request) -> str:
    return f"member:{request.user.pk}" if request.user.is_authenticated else f"address:{limits.address(request)}"


def _once(
    handler: Callable[..., Response], request: Request, asked: Asked, args: Any, kwargs: Any
) -> Response | HttpResponse:
    if not _lock(asked.actor, asked.key):
        raise StillRunning
    stored = StoredReply.objects.filter(actor=asked.actor, key=asked.key).first()
    if stored is not None:
        return again(stored, asked)
    response = handler(request, *args, **kwargs)
    if response.status_code < 400:
        kept = getattr(handler.__self__, "to_store", lambda data: data)(response.data)  # type: ignore[attr-defined]
        content = b"" if kept is None else request.accepted_renderer.render(kept)
        StoredReply.objects.create(
            actor=asked.actor,
            key=asked.key,
            request_digest=asked.digest,
            status=response.status_code,
            content=content,
        )
    return response


def _lock(who: str, key: str) -> bool:
    number = int.from_bytes(hashlib.sha256(f"{who}\n{key}".encode()).digest()[:8], "big", signed=True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [number])
        return cursor.fetchone()[0]


def _digest(request: Request) -> bytes:
    digest = hashlib.sha256(f"{request.method} {request.get_full_path()}\n".encode())
    if request.content_type and request.content_type.startswith("multipart/"):
        for name, value in sorted(cast("dict[str, Any]", request.data).items()):
            digest.update(name.encode())
            chunks = value.chunks() if hasattr(value, "chunks") else [str(value).encode()]
            for chunk in chunks:
                digest.update(chunk)
            if hasattr(value, "seek"):
                value.seek(0)
    else:
        digest.update(request._request.body)
    return digest.digest()


def forget_old() -> int:
    """Drop replies older than a week; gives how many."""
    return StoredReply.objects.filter(created_at__lt=clock.now() - KEPT).delete()[0]
