"""Limits count by client; a forged header counts for nothing; without Valkey everyone passes."""

import pytest
import redis
from django.test import RequestFactory

from community.foundation import limits
from community.foundation.problems import TooMany


def test_it_refuses_what_is_over_the_limit_and_says_when_to_come_back(db) -> None:
    for _try in range(3):
        limits.spend(name="test", who="a", limit=3, seconds=3600)
    limits.spend(name="test", who="b", limit=3, seconds=3600)
    with pytest.raises(TooMany) as refused:
        limits.spend(name="test", who="a", limit=3, seconds=3600)
    assert 1 <= refused.value.retry_after <= 3600


def test_without_valkey_nobody_is_locked_out(monkeypatch) -> None:
    monkeypatch.setattr(limits, "_client", redis.Redis(host="127.0.0.1", port=9, socket_connect_timeout=0.2))
    limits.spend(name="test", who="a", limit=0, seconds=60)


@pytest.mark.parametrize(
    ("remote", "forwarded", "proxies", "counted"),
    [
        ("203.0.113.9", "", 0, "203.0.113.9"),
        ("203.0.113.9", "198.51.100.7", 0, "203.0.113.9"),
        ("10.0.0.1", "6.6.6.6, 198.51.100.7", 1, "198.51.100.7"),
        ("10.0.0.1", "198.51.100.7, 10.0.0.2", 2, "198.51.100.7"),
        ("2001:db8:1:2:3:4:5:6", "", 0, "2001:db8:1:2::"),
        ("::ffff:203.0.113.9", "", 0, "203.0.113.9"),
        ("10.0.0.1", "rubbish", 1, "unknown"),
    ],
)
def test_the_address_that_counts(settings, remote, forwarded, proxies, counted) -> None:
    settings.TRUSTED_PROXIES = proxies
    headers = {"X-Forwarded-For": forwarded} if forwarded else {}
    request = RequestFactory().get("/", REMOTE_ADDR=remote, headers=headers)
    assert limits.address(request) == counted
