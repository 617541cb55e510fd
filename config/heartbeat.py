"""How /health/ knows of the worker and the scheduler: each leaves a mark in the cache that soon fades."""

from typing import Any

from celery.signals import heartbeat_sent, worker_ready
from django.core.cache import cache

WORKER = "alive:worker"
BEAT = "alive:beat"
FADES_AFTER = {WORKER: 30, BEAT: 150}  # seconds; a worker's heart beats every two, beat's mark is left every minute


def alive(who: str) -> bool:
    return cache.get(who) is not None


@heartbeat_sent.connect
@worker_ready.connect
def worker_lives(**said: Any) -> None:
    cache.set(WORKER, 1, FADES_AFTER[WORKER])


def beat_lives() -> None:
    """Called by a job (config/tasks.py): that it arrives shows that the scheduler and a worker are alive."""
    cache.set(BEAT, 1, FADES_AFTER[BEAT])
