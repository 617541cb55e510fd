"""Mail that came back, and forged news of it."""

import io

import pytest
from django.core.management import CommandError, call_command

from community.foundation.problems import Invalid, TooLarge
from community.notifications.bouncing import receive_bounce
from community.notifications.models import Address, Letter
from community.notifications.sending import send_due
from tests.factories.members import a_member
from tests.factories.notifications import replied

pytestmark = pytest.mark.django_db


def a_report(
    letter: Letter, *, to: str = "", status: str = "5.1.1", action: str = "failed", message_id: str = ""
) -> bytes:
    return f"""From: MAILER-DAEMON@mx.example.org
To: no-reply@madang.example
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="frontier"

--frontier
Content-Type: text/plain; charset=us-ascii

I am sorry.

--frontier
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.org
Arrival-Date: Mon, 2 Mar 2026 08:00:00 +0900

Final-Recipient: rfc822; {to or letter.address}
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 {status} no such user

--frontier
Content-Type: text/rfc822-headers

Message-ID: {message_id or letter.message_id}
Subject: Something

--frontier--
""".encode()


@pytest.fixture
def letter(server) -> Letter:
    replied(a_member(email="gone@example.org"), a_member())
    send_due()
    return Letter.objects.get()


def test_a_letter_that_came_back_for_good_stops_mail(letter) -> None:
    receive_bounce(raw=a_report(letter))

    letter.refresh_from_db()
    address = Address.objects.get()
    assert (letter.state, address.address, address.status, address.bounces) == (
        "bounced",
        "gone@example.org",
        "5.1.1",
        1,
    )
    assert address.stopped_at is not None
    replied(letter.member, a_member())
    assert send_due() == {"withheld": 1}


def test_the_same_news_twice_counts_once(letter) -> None:
    for _ in range(2):
        receive_bounce(raw=a_report(letter))

    assert Address.objects.get().bounces == 1


def test_a_full_mailbox_stops_mail_only_after_some_times(letter, server) -> None:
    receive_bounce(raw=a_report(letter, status="5.2.2"))
    assert Address.objects.get().stopped_at is None
    for _ in range(4):
        replied(letter.member, a_member())
        send_due()
        receive_bounce(raw=a_report(Letter.objects.get(state="sent"), status="5.2.2"))
    assert Address.objects.get().stopped_at is not None


@pytest.mark.parametrize(
    "forged",
    [
        {"message_id": "<0123456789abcdef0123456789abcdef.0123456789abcdef@madang.example>"},
        {"to": "victim@example.org"},
        {"action": "delayed", "status": "4.4.1"},
    ],
)
def test_what_names_no_letter_of_ours_to_that_reader_stops_nothing(letter, forged) -> None:
    assert receive_bounce(raw=a_report(letter, **forged)) is None
    assert Address.objects.count() == 0
    letter.refresh_from_db()
    assert letter.state == "sent"


@pytest.mark.parametrize("raw", [b"", b"Subject: hi\n\nhello", b"\xff\xfe\x00" * 100])
def test_what_is_no_notification_is_refused(raw: bytes) -> None:
    with pytest.raises(Invalid):
        receive_bounce(raw=raw)


def test_a_huge_message_is_refused() -> None:
    with pytest.raises(TooLarge):
        receive_bounce(raw=b"x" * 1_000_001)


def test_the_command_reads_standard_input(letter, monkeypatch, capsys) -> None:
    class Input:
        buffer = io.BytesIO(a_report(letter))

    monkeypatch.setattr("sys.stdin", Input)
    call_command("receive_bounce")
    assert letter.message_id in capsys.readouterr().out

    Input.buffer = io.BytesIO(b"Subject: hi\n\nhello")
    with pytest.raises(CommandError) as refused:
        call_command("receive_bounce")
    assert refused.value.returncode == 2
