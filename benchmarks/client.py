"""A load client of our own: HTTP/1.1 on kept connections, written for little more than sending and counting."""

import asyncio
import itertools
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field


@dataclass
class Result:
    """What came back: how many a second, how long each took in seconds, and how many were not as expected."""

    seconds: float = 0.0
    times: list[float] = field(default_factory=list)
    statuses: dict[int, int] = field(default_factory=dict)
    last_body: bytes = b""

    @property
    def rate(self) -> float:
        return len(self.times) / self.seconds if self.seconds else 0.0

    def count(self, *statuses: int) -> int:
        return sum(number for status, number in self.statuses.items() if status in statuses)


def get(path: str, *, cookie: str = "", host: str = "127.0.0.1") -> bytes:
    lines = [f"GET {path} HTTP/1.1", f"Host: {host}", "Accept: text/html", "Accept-Language: ko"]
    return _request([*lines, *([f"Cookie: {cookie}"] if cookie else [])])


def post(path: str, form: bytes, *, cookie: str, host: str = "127.0.0.1") -> bytes:
    lines = [f"POST {path} HTTP/1.1", f"Host: {host}", f"Cookie: {cookie}", f"Referer: http://{host}/"]
    lines += ["Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(form)}"]
    return _request(lines) + form


def _request(lines: list[str]) -> bytes:
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


def load(
    port: int, requests: Iterable[bytes], *, seconds: float = 3.0, connections: int = 8, most: int | None = None
) -> Result:
    """As fast as the site answers on `connections` connections, for `seconds` or until `most` were sent."""
    return asyncio.run(_load(port, itertools.cycle(requests) if most is None else iter(requests), seconds, connections))


def steady(port: int, requests: Iterable[bytes], *, seconds: float, each_second: float) -> Result:
    """At a fixed pace, whatever the answers take."""
    return asyncio.run(_steady(port, iter(requests), seconds, each_second))


def together(
    port: int, *, first: Iterable[bytes], rate: float, beside: Iterable[bytes], beside_rate: float
) -> tuple[Result, Result]:
    """The results of `first` at its pace while `beside` is asked for at another, and of `beside`."""

    async def both() -> tuple[Result, Result]:
        noise = asyncio.create_task(_steady(port, iter(beside), 11.0, beside_rate))
        await asyncio.sleep(0.5)
        wanted = await _steady(port, iter(first), 10.0, rate)
        return wanted, await noise

    return asyncio.run(both())


async def _load(port: int, requests: Iterator[bytes], seconds: float, connections: int) -> Result:
    result = Result()
    began = time.perf_counter()
    await asyncio.gather(*(_lane(port, requests, began + seconds, result) for _ in range(connections)))
    result.seconds = time.perf_counter() - began
    return result


async def _lane(port: int, requests: Iterator[bytes], until: float, result: Result) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        while time.perf_counter() < until:
            request = next(requests, None)
            if request is None:
                return
            await _ask(reader, writer, request, result)
    finally:
        writer.close()


async def _steady(port: int, requests: Iterator[bytes], seconds: float, each_second: float) -> Result:
    result = Result(seconds=seconds)
    idle: list[tuple[asyncio.StreamReader, asyncio.StreamWriter]] = []
    began = time.perf_counter()
    running = []

    async def one(request: bytes) -> None:
        link = idle.pop() if idle else await asyncio.open_connection("127.0.0.1", port)
        await _ask(*link, request, result)
        idle.append(link)

    for number in range(int(seconds * each_second)):
        await asyncio.sleep(max(0.0, began + number / each_second - time.perf_counter()))
        running.append(asyncio.create_task(one(next(requests))))
    await asyncio.gather(*running)
    for _reader, writer in idle:
        writer.close()
    return result


async def _ask(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, request: bytes, result: Result) -> None:
    began = time.perf_counter()
    writer.write(request)
    head = await reader.readuntil(b"\r\n\r\n")
    status = int(head[9:12])
    result.last_body = await _body(reader, head.lower())
    result.times.append(time.perf_counter() - began)
    result.statuses[status] = result.statuses.get(status, 0) + 1


async def _body(reader: asyncio.StreamReader, head: bytes) -> bytes:
    at = head.find(b"content-length:")
    if at >= 0:
        return await reader.readexactly(int(head[at + 15 : head.index(b"\r\n", at)]))
    if b"transfer-encoding: chunked" not in head:
        return b""
    parts = []
    while size := int((await reader.readline()).split(b";")[0], 16):
        parts.append(await reader.readexactly(size))
        await reader.readexactly(2)
    await reader.readline()
    return b"".join(parts)


def until(what: Callable[[], bool], seconds: float) -> float | None:
    """How long it took until `what()`, or None if it did not come."""
    began = time.perf_counter()
    while time.perf_counter() - began < seconds:
        if what():
            return time.perf_counter() - began
        time.sleep(0.1)
    return None
