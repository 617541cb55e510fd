"""A running site with one board and tokens, and clients that write while its parts are killed."""

import json
import os
import signal
import threading
import time
import urllib.error
import urllib.request
import uuid
from dataclasses import dataclass, field

import psutil

from tests.config.running import Running, manage

SETUP = """
from community.boards.arranging import open_to_all, settle_board
from community.boards.models import Board
settle_board(board=open_to_all(Board.objects.create(slug="square", name="Square", kind="discussion")))
from community.members.models import Member
Member.objects.update(trust_level=4)
"""


@dataclass
class Town:
    """`acknowledged` are the titles that the site answered with 201; `sent` all that were tried."""

    site: Running
    tokens: list[str] = field(default_factory=list)
    sent: set[str] = field(default_factory=set)
    acknowledged: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def settle(self, writers: int) -> "Town":
        for number in range(writers):
            mail = f"writer{number}@example.com"
            _done(
                manage(self.site.data, "create_member", mail, "--username", f"writer{number}", "--password", "p" * 12)
            )
            made = _done(manage(self.site.data, "create_token", mail, "--scopes", "read write"))
            self.tokens.append(made.strip().splitlines()[-1])
        _done(manage(self.site.data, "shell", "-c", SETUP))
        return self

    def write(self, token: str, title: str) -> None:
        """One topic, repeated under the same key until it is answered, as a careful client does."""
        self.sent.add(title)
        key, deadline = str(uuid.uuid4()), time.monotonic() + 60
        while time.monotonic() < deadline:
            status = self._post(token, title, key)
            if status == 201:
                self.acknowledged.append(title)
                return
            if status not in {0, 409, 429, 500, 502, 503}:
                self.faults.append(f"{title}: {status}")
                return
            time.sleep(0.3)
        self.faults.append(f"{title}: never answered")

    def _post(self, token: str, title: str, key: str) -> int:
        body = json.dumps({"board": "square", "title": title, "body": f"Text of {title}."}).encode()
        headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json", "Idempotency-Key": key}
        request = urllib.request.Request(f"{self.site.address}api/v1/topics/", body, headers)
        try:
            with urllib.request.urlopen(request, timeout=20) as reply:
                return reply.status
        except urllib.error.HTTPError as error:
            return error.code
        except OSError:
            return 0

    def under_load(self, seconds: float, disturb) -> None:
        """Write from every token for `seconds`, while `disturb(step)` is called once a second."""
        end = time.monotonic() + seconds
        threads = [threading.Thread(target=self._keep_writing, args=(n, end)) for n in range(len(self.tokens))]
        for thread in threads:
            thread.start()
        step = 0
        while time.monotonic() < end - 3:
            time.sleep(1)
            step += 1
            disturb(step)
        for thread in threads:
            thread.join(90)

    def _keep_writing(self, number: int, end: float) -> None:
        count = 0
        while time.monotonic() < end and count < 60:
            count += 1
            self.write(self.tokens[number], f"topic {number} {count} {uuid.uuid4().hex[:6]}")
            time.sleep(0.2)

    def kill(self, word: str) -> bool:
        """kill -9 of the newest process of this site whose command line holds `word`."""
        for pid in sorted(self.site.processes(), reverse=True):
            try:
                if word in " ".join(psutil.Process(pid).cmdline()):
                    os.kill(pid, signal.SIGKILL)
                    return True
            except psutil.Error:
                continue
        return False

    def titles(self) -> list[str]:
        code = "from community.boards.models import Topic; print('\\n'.join(Topic.objects.values_list('title', flat=True)))"
        return [
            line
            for line in _done(manage(self.site.data, "shell", "-c", code)).splitlines()
            if line.startswith("topic ")
        ]


def _done(process) -> str:
    assert process.returncode == 0, process.stdout + process.stderr
    return process.stdout
