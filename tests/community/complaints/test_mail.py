"""Complaints by mail (1.33): who is believed, what is held, and that nothing is lost or doubled."""

import io
import sys

import pytest
from allauth.account.models import EmailAddress
from django.core.management import call_command

from community.boards.models import Topic
from community.complaints.errors import AlreadyDecided, NoSender
from community.complaints.models import Complaint, Mail
from community.complaints.receiving import admit, discard, receive
from community.foundation.problems import NotThere
from tests.factories.complaints import AUTHSERV_ID, a_desk, a_letter
from tests.factories.members import a_member, an_operator
from tests.factories.uploads import a_file

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _our_mail_server(settings, tmp_path):
    settings.MAIL_AUTHSERV_ID = AUTHSERV_ID
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def desk():
    return a_desk(takes_mail=True)


def from_member(member, **fields) -> bytes:
    return a_letter(sender=f"Kim <{member.email}>", **fields).as_bytes()


def test_a_letter_of_a_member_opens_a_complaint(desk):
    member = a_member()
    mail = receive(from_member(member))
    assert (mail.state, mail.reason) == ("opened", "")
    assert (mail.topic.author, mail.topic.title, mail.topic.board) == (member, "The kettle leaks", desk.board)
    assert mail.topic.posts.get(number=1).source == "It leaks since Monday."
    assert Complaint.objects.get(topic=mail.topic).team == desk.team


def test_the_same_letter_twice_is_one_complaint(desk):
    raw = from_member(a_member())
    assert receive(raw).pk == receive(raw).pk
    assert (Topic.objects.count(), Mail.objects.count()) == (1, 1)


@pytest.mark.parametrize(
    "results",
    [
        "",
        f"{AUTHSERV_ID}; dkim=fail header.d=example.org; spf=fail smtp.mailfrom=x@example.org",
        f"{AUTHSERV_ID}; dkim=pass header.d=attacker.net",
        f"{AUTHSERV_ID}; dkim=pass header.d=attacker-example.org",
        f"{AUTHSERV_ID}; dkim=pass header.d=org",
        f"{AUTHSERV_ID}; spf=pass smtp.mailfrom=x@attacker.net",
        f"{AUTHSERV_ID}; spf=pass smtp.helo=example.org",
        f"{AUTHSERV_ID}; dkim=none (dkim=pass header.d=example.org)",
        f"{AUTHSERV_ID}; arc=pass header.d=example.org",
        "mx.attacker.net; dkim=pass header.d=example.org",
        f"mx.attacker.net ({AUTHSERV_ID}); dkim=pass header.d=example.org",
        "dkim=pass header.d=example.org",
    ],
)
def test_a_letter_that_nobody_vouches_for_is_held(desk, results):
    mail = receive(from_member(a_member(), results=results))
    assert (mail.state, mail.reason) == ("held", "unverified")
    assert not Topic.objects.exists()


def test_only_the_topmost_result_counts(desk):
    letter = a_letter(sender=a_member().email, results=f"{AUTHSERV_ID}; dkim=fail header.d=example.org")
    letter["Authentication-Results"] = f"{AUTHSERV_ID}; dkim=pass header.d=example.org"
    assert receive(letter.as_bytes()).reason == "unverified"


def test_without_the_name_of_our_server_no_letter_is_believed(desk, settings):
    settings.MAIL_AUTHSERV_ID = ""
    assert receive(from_member(a_member(), results="; dkim=pass header.d=example.org")).reason == "unverified"


@pytest.mark.parametrize(
    "results",
    [
        f"{AUTHSERV_ID}; spf=pass smtp.mailfrom=bounce@example.org",
        f"{AUTHSERV_ID.upper()} 1; dkim=pass (2048-bit key) header.d=Example.ORG header.s=s1",
        f'{AUTHSERV_ID}; spf=fail smtp.mailfrom=x@relay.net; dkim=pass header.i="@example.org"',
    ],
)
def test_spf_or_dkim_for_the_sender_s_domain_is_enough(desk, results):
    assert receive(from_member(a_member(), results=results)).state == "opened"


def test_two_senders_are_no_sender(desk):
    member = a_member()
    letter = a_letter(sender=f"{member.email}, someone@example.org")
    assert receive(letter.as_bytes()).reason == "unverified"


def test_a_stranger_and_an_unverified_address_are_held(desk):
    assert receive(a_letter(sender="nobody@example.org").as_bytes()).reason == "unknown"
    member = a_member()
    EmailAddress.objects.filter(user=member).update(verified=False)
    assert receive(from_member(member, message_id="<2@example.org>")).reason == "unknown"
    assert not Topic.objects.exists()


def test_without_a_desk_it_is_held_and_says_so():
    assert receive(from_member(a_member())).reason == "no_desk"


def test_an_empty_letter_is_held(desk):
    assert receive(from_member(a_member(), body=" \n")).reason == "empty"


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\xff\xfe\x00garbage",
        b"From: \n\n",
        b"From: a@b\nContent-Type: multipart/mixed; boundary=x\n\n--x\nContent-Type: text/plain; charset=klingon\n\nhi",
        b"From: =?utf-8?q?=FF?= <a@example.org>\nSubject: =?x-unknown?b?////?=\n\nhi",
        b"A" * 13_000_000,
    ],
    ids=["empty", "bytes", "no sender", "unknown charset", "broken words", "too large"],
)
def test_no_letter_breaks_it_and_each_is_kept(desk, raw):
    assert receive(raw).state == "held"
    assert receive(raw).pk == Mail.objects.get().pk
    assert not Topic.objects.exists()


def test_mark_up_and_quotes_of_a_letter_become_plain_text(desk):
    letter = a_letter(sender=a_member().email)
    letter.set_content(
        "<style>p{}</style><p>Hello <b>there</b></p><script>alert(1)</script><p>5 &lt; 6</p>", subtype="html"
    )
    text = receive(letter.as_bytes()).topic.posts.get(number=1).source
    assert "script" not in text
    assert "alert" not in text
    assert text.split() == ["Hello", "there", "5", "<", "6"]


def test_a_very_long_letter_ends_within_bounds(desk):
    mail = receive(from_member(a_member(), subject="s" * 500, body="word " * 20_000))
    assert mail.state == "opened"
    assert len(mail.topic.title) == 200
    assert len(mail.topic.posts.get(number=1).source) <= 18_000


def test_attached_pictures_come_along_and_other_files_do_not(desk):
    letter = a_letter(sender=a_member().email)
    letter.add_attachment(a_file().read(), maintype="image", subtype="jpeg", filename="leak.jpg")
    letter.add_attachment(b"MZ evil", maintype="image", subtype="png", filename="evil.png")
    letter.add_attachment(b"MZ evil", maintype="application", subtype="octet-stream", filename="evil.exe")
    post = receive(letter.as_bytes()).topic.posts.get(number=1)
    assert post.source.count("](upload:") == 1
    assert len(post.images) == 1


def test_an_operator_admits_a_held_letter_once_and_for_a_member(desk):
    member, operator = a_member(), an_operator()
    mail = receive(from_member(member, results=""))
    with pytest.raises(NotThere):
        admit(by=a_member(), mail_id=mail.pk)
    admitted = admit(by=operator, mail_id=mail.pk)
    assert (admitted.state, admitted.topic.author) == ("opened", member)
    with pytest.raises(AlreadyDecided):
        admit(by=operator, mail_id=mail.pk)
    stranger = receive(a_letter(sender="nobody@example.org", message_id="<3@example.org>").as_bytes())
    with pytest.raises(NoSender):
        admit(by=operator, mail_id=stranger.pk)
    assert admit(by=operator, mail_id=stranger.pk, member=member).topic.author == member


def test_an_operator_discards_a_held_letter(desk):
    mail = receive(a_letter(sender="spam@example.org").as_bytes())
    assert discard(by=an_operator(), mail_id=mail.pk).state == "discarded"
    assert not Topic.objects.exists()


def test_the_command_reads_standard_input(desk, monkeypatch, capsys):
    member = a_member()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(from_member(member))))
    call_command("receive_mail")
    topic = Topic.objects.get()
    assert capsys.readouterr().out.strip() == f"opened {topic.get_absolute_url()}"
