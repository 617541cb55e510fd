"""A real HTTP server on loopback, in a thread of its own, that tests can disturb.

server.delay = 0.2          each answer comes later
server.lose = 1             so many requests are carried out, and their answers lost
server.down = 1             so many requests are refused with 503 before anything is done
"""

import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Answer = tuple[int, Any]


class Server:
    """Subclasses answer in `handle`, one request at a time: (status, JSON), or (status, str) for a page."""

    def __init__(self) -> None:
        self.delay = 0.0
        self.lose = self.down = 0
        self.seen: list[tuple[str, str]] = []
        self._lock = threading.RLock()
        self._http = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.url = f"http://127.0.0.1:{self._http.server_port}"
        self._thread = threading.Thread(target=self._http.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        self._http.shutdown()
        self._http.server_close()

    def handle(self, method: str, path: str, headers: dict[str, str], body: bytes) -> Answer:
        raise NotImplementedError

    def _answer(self, method: str, path: str, headers: dict[str, str], body: bytes) -> Answer | None:
        """None: no answer at all."""
        with self._lock:
            self.seen.append((method, path))
            if self.down:
                self.down -= 1
                return 503, {"code": "down"}
            answer = self.handle(method, path, headers, body)
            lost, self.lose = self.lose > 0, max(0, self.lose - 1)
        time.sleep(self.delay)
        return None if lost else answer

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        server = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def _do(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                headers = {name.lower(): value for name, value in self.headers.items()}
                answer = server._answer(self.command, self.path, headers, body)
                if answer is None:
                    self.close_connection = True
                    self.connection.close()
                    return
                status, said = answer
                page = isinstance(said, str)
                content = (said if page else json.dumps(said)).encode()
                self.send_response(status)
                if status in (302, 303):
                    self.send_header("Location", said)
                self.send_header("Content-Type", "text/html" if page else "application/json")
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            do_GET = do_POST = do_PUT = do_DELETE = _do  # noqa: N815

            def log_message(self, *args: Any) -> None:
                return

        return Handler
