"""`/health/`: what is up, for people, load balancers and `manage.py up`."""

import time
from collections.abc import Callable

from django.core.cache import cache
from django.db import Error, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from community.foundation.access import everyone
from community.site import present
from config import env
from config.heartbeat import BEAT, WORKER, alive

MIGRATIONS_LOOKED_AT_EVERY = 60.0  # seconds: comparing them reads every migration file

_migrated_until = 0.0


@everyone
@require_safe
@never_cache
def health(request: HttpRequest) -> JsonResponse:
    """200 when pages can be served: the database answers, its schema is this program's, and the demo, where one was
    asked for, is loaded. Else 503. The cache, the worker and the scheduler are told and do not change the status:
    reading and writing go on without them."""
    needed = {"database": _database, "migrations": _migrations, "demo": _demo}
    told = {"cache": _cache, "worker": lambda: alive(WORKER), "beat": lambda: alive(BEAT)}
    parts = {name: _word(look) for name, look in {**needed, **told}.items()}
    ready = all(parts[name] != "down" for name in needed)
    whole = "down" if not ready else "up" if "down" not in parts.values() else "limping"
    return JsonResponse({"status": whole, "parts": parts}, status=200 if ready else 503)


def _word(look: Callable[[], bool | None]) -> str:
    try:
        seen = look()
    except (Error, OSError):
        seen = False
    return "not asked for" if seen is None else "up" if seen else "down"


def _database() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return cursor.fetchone() == (1,)


def _migrations() -> bool:
    global _migrated_until
    if time.monotonic() < _migrated_until:
        return True
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return False
    _migrated_until = time.monotonic() + MIGRATIONS_LOOKED_AT_EVERY
    return True


def _demo() -> bool | None:
    return present.site().demo_is_loaded if env.flag("MADANG_DEMO") else None


def _cache() -> bool:
    cache.set("health", "here", 10)
    return bool(cache.get("health") == "here")
