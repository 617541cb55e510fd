"""A cache whose loss is a miss, not an error: pages stay readable while Valkey is down."""

from collections.abc import Callable
from typing import Any, TypeVar, cast

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.redis import RedisCache, RedisCacheClient
from redis.exceptions import RedisError

T = TypeVar("T")


class KeptClient(RedisCacheClient):
    """Django's makes a client anew for every command, which costs as much as the command; this one keeps it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._kept: dict[int, Any] = {}

    def get_client(self, key: Any = None, *, write: bool = False) -> Any:
        index: int = cast(Any, self)._get_connection_pool_index(write)
        if index not in self._kept:
            self._kept[index] = super().get_client(key, write=write)
        return self._kept[index]


class ForgivingRedisCache(RedisCache):
    """Django's Redis cache; what Valkey cannot answer is a miss, what it cannot store is not stored."""

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self._class = KeptClient

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        return _forgiven(lambda: super(ForgivingRedisCache, self).get(key, default, version), default)

    def get_many(self, keys: Any, version: int | None = None) -> dict[str, Any]:
        return _forgiven(lambda: super(ForgivingRedisCache, self).get_many(keys, version), {})

    def add(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        """True without Valkey: nobody said that the key is there. Locks of rate limits open; else nobody could log in."""
        return _forgiven(lambda: super(ForgivingRedisCache, self).add(key, value, timeout, version), True)

    def set(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> None:
        _forgiven(lambda: super(ForgivingRedisCache, self).set(key, value, timeout, version), None)

    def set_many(self, data: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> list[str]:
        return _forgiven(lambda: super(ForgivingRedisCache, self).set_many(data, timeout, version), list(data))

    def touch(self, key: str, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        return _forgiven(lambda: super(ForgivingRedisCache, self).touch(key, timeout, version), False)

    def delete(self, key: str, version: int | None = None) -> bool:
        return _forgiven(lambda: super(ForgivingRedisCache, self).delete(key, version), False)

    def delete_many(self, keys: Any, version: int | None = None) -> None:
        _forgiven(lambda: super(ForgivingRedisCache, self).delete_many(keys, version), None)

    def has_key(self, key: str, version: int | None = None) -> bool:
        return _forgiven(lambda: super(ForgivingRedisCache, self).has_key(key, version), False)


def _forgiven(operation: Callable[[], T], otherwise: T) -> T:
    try:
        return operation()
    except (RedisError, OSError):
        return otherwise
