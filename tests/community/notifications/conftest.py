"""A real mail server on loopback, and how to tell members of something."""

import socket
import threading
from collections.abc import Iterator
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import default
from typing import Any

import pytest
from aiosmtpd.controller import Controller


class Server:
    """Keeps what it is sent. `answers` maps a recipient to the reply for it; `on_taken` runs when a letter was taken,
    before its sender hears of it."""

    def __init__(self) -> None:
        self.raw: list[bytes] = []
        self.recipients: list[str] = []
        self.answers: dict[str, str] = {}
        self.on_taken: Any = lambda: None
        self._lock = threading.Lock()

    async def handle_RCPT(self, server, session, envelope, address, options) -> str:
        if address in self.answers:
            return self.answers[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope) -> str:
        with self._lock:
            self.raw.append(envelope.content)
            self.recipients += envelope.rcpt_tos
        self.on_taken()
        return "250 taken"

    @property
    def messages(self) -> list[EmailMessage]:
        return [BytesParser(policy=default).parsebytes(raw) for raw in self.raw]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def server(settings) -> Iterator[Server]:
    taken = Server()
    controller = Controller(taken, hostname="127.0.0.1", port=_free_port())
    controller.start()
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", controller.port
    settings.EMAIL_HOST_USER, settings.EMAIL_USE_TLS = "", False
    settings.DEFAULT_FROM_EMAIL, settings.SITE_URL = "Madang <no-reply@madang.example>", "https://madang.example"
    yield taken
    controller.stop()
