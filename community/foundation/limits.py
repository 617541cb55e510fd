"""How often something may be tried, counted in Valkey by fixed windows: guests' searches, log-ins, tokens.

These limits protect the machine; with Valkey down they let everyone through. What must hold under rivals (posts,
votes, money) is counted in the database by the act itself (members.allowances).
"""

import ipaddress
import time

import redis
from django.conf import settings
from django.http import HttpRequest

from community.foundation.problems import TooMany

_client = redis.Redis.from_url(settings.REDIS_URL, socket_timeout=0.5, socket_connect_timeout=0.5)


def spend(*, name: str, who: str, limit: int, seconds: int) -> None:
    """Count one try of `who` at `name`.

    Raises TooMany with the seconds left once `limit` tries within a window of `seconds` are used up.
    """
    window = int(time.time()) // seconds
    key = f"limit:{name}:{who}:{window}"
    try:
        pipe = _client.pipeline(transaction=False)
        pipe.incr(key)
        pipe.expire(key, seconds + 1)
        used = pipe.execute()[0]
    except redis.RedisError:
        return
    if used > limit:
        raise TooMany(retry_after=(window + 1) * seconds - int(time.time()))


def address(request: HttpRequest) -> str:
    """The client's address for counting: IPv4 whole, IPv6 by its /64, as one household usually holds a whole /64.

    Behind `TRUSTED_PROXIES` proxies, the address that the outermost trusted one saw; a forged header adds nothing.
    """
    raw = request.META.get("REMOTE_ADDR", "")
    if settings.TRUSTED_PROXIES:
        hops = [hop.strip() for hop in request.headers.get("X-Forwarded-For", "").split(",") if hop.strip()]
        if hops:
            raw = hops[-min(settings.TRUSTED_PROXIES, len(hops))]
    try:
        ip = ipaddress.ip_address(raw)
    except ValueError:
        return "unknown"
    if isinstance(ip, ipaddress.IPv6Address):
        if ip.ipv4_mapped:
            return str(ip.ipv4_mapped)
        return str(ipaddress.ip_network((ip, 64), strict=False).network_address)
    return str(ip)
