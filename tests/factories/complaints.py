"""Complaints: topics on a complaint board; and letters that complain."""

from email.message import EmailMessage
from typing import Any

from community.boards.models import Board
from community.complaints.models import Complaint, Desk
from community.members.models import Member, Team
from tests.factories.boards import a_board, a_topic
from tests.factories.members import a_team

AUTHSERV_ID = "mx.madang.example"


def a_desk(*, board: Board | None = None, team: Team | None = None, **fields: Any) -> Desk:
    return Desk.objects.create(board=board or a_board(kind="complaint"), team=team or a_team(), **fields)


def a_complaint(
    *, board: Board | None = None, by: Member | None = None, team: Team | None = None, **fields: Any
) -> Complaint:
    data = {"complaint": {"team": team.slug}} if team else {}
    topic = a_topic(board=board or a_board(kind="complaint"), by=by, data=data, **fields)
    return Complaint.objects.select_related("team", "topic").get(topic=topic)


def a_letter(
    *,
    sender: str,
    subject: str = "The kettle leaks",
    body: str = "It leaks since Monday.",
    results: str | None = None,
    message_id: str = "<1@example.org>",
) -> EmailMessage:
    """A letter whose sender's domain passed DKIM, as our own mail server says; `results` says otherwise."""
    letter = EmailMessage()
    domain = sender.rpartition("@")[2].rstrip(">")
    if results is None:
        results = f"{AUTHSERV_ID}; dkim=pass header.d={domain}; spf=pass smtp.mailfrom=bounce@{domain}"
    if results:
        letter["Authentication-Results"] = results
    letter["From"], letter["To"], letter["Subject"] = sender, "help@madang.example", subject
    letter["Message-ID"] = message_id
    letter.set_content(body)
    return letter
