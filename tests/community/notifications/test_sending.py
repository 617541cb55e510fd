"""Letters over real SMTP: none lost, none to one who may no longer see, none in two senders' hands."""

import datetime as dt
import uuid

import pytest
from django.core.mail import send_mail
from django.db import IntegrityError, transaction

from community.foundation import clock
from community.members.ignoring import ignore
from community.notifications.models import Address, Announcement, Habit, Letter, Notice
from community.notifications.preferences import change_settings
from community.notifications.sending import claim, send_again, send_due
from tests.factories.members import a_member
from tests.factories.notifications import replied

pytestmark = pytest.mark.django_db


def a_waiting_letter(**fields) -> Letter:
    member = a_member(**{"language": "en", **fields})
    replied(member, a_member("nari", display_name="Nari"))
    return Letter.objects.get(member=member)


def test_a_letter_reaches_the_mail_server_with_both_parts_and_one_click_unsubscribing(server) -> None:
    letter = a_waiting_letter(username="dami", email="dami@example.org")

    assert send_due() == {"sent": 1}

    [message] = server.messages
    assert message["To"] == "dami@example.org"
    assert message["From"] == "Madang <no-reply@madang.example>"
    assert message["Subject"] == "Nari replied to you in “Rain”"
    assert message["Message-ID"] == letter.message_id
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["List-Unsubscribe"].strip().startswith("<https://madang.example/notifications/unsubscribe/")
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert "Nari replied to you in “Rain”" in message.get_body(("plain",)).get_content()
    assert '<html lang="en">' in message.get_body(("html",)).get_content()
    letter.refresh_from_db()
    assert (letter.state, letter.claim, letter.subject) == ("sent", None, "Nari replied to you in “Rain”")
    assert letter.sent_at is not None


def test_a_letter_is_in_its_readers_language(server) -> None:
    a_waiting_letter(language="ko")

    send_due()

    [message] = server.messages
    assert message["Subject"].strip() == "Nari님이 “Rain(한국어)”에서 답글을 달았어요"
    assert '<html lang="ko">' in message.get_body(("html",)).get_content()


def test_a_sent_letter_is_not_sent_again(server) -> None:
    a_waiting_letter()
    send_due()

    assert send_due() == {}
    assert len(server.raw) == 1


def test_none_goes_to_one_who_may_no_longer_see_the_thing(server) -> None:
    letter = a_waiting_letter()
    follower = Notice.objects.get().by
    follower.is_active = False
    follower.save(update_fields=["is_active"])

    assert send_due() == {"withheld": 1}
    assert server.raw == []
    letter.refresh_from_db()
    assert (letter.why, letter.text) == ("not_visible", "")


def test_none_is_sent_of_someone_whom_the_reader_ignores_by_now(server) -> None:
    letter = a_waiting_letter()
    ignore(by=letter.member, member=Notice.objects.get().by)

    assert send_due() == {"withheld": 1}
    assert server.raw == []


def test_none_is_sent_of_what_was_read_on_the_page(server) -> None:
    letter = a_waiting_letter()
    Notice.objects.update(read_at=clock.now())

    assert send_due() == {"withheld": 1}
    letter.refresh_from_db()
    assert letter.why == "already_read"


def test_none_is_sent_when_the_switch_went_off_meanwhile(server) -> None:
    letter = a_waiting_letter()
    off = {"reply": {"letter": False}}
    change_settings(by=letter.member, switches=off, quiet_from=None, quiet_until=None, rhythm="weekly")

    assert send_due() == {"withheld": 1}
    assert server.raw == []


def test_without_a_server_the_letter_is_kept_to_be_read_in_the_admin(settings) -> None:
    settings.EMAIL_HOST = ""
    letter = a_waiting_letter()

    assert send_due() == {"withheld": 1}
    letter.refresh_from_db()
    assert (letter.why, letter.subject) == ("no_server", "Nari replied to you in “Rain”")
    assert "Nari replied to you in “Rain”" in letter.text
    assert "Nari replied to you in “Rain”" in letter.html


def test_an_account_letter_loses_its_words_once_sent(server, settings) -> None:
    settings.EMAIL_BACKEND = "community.notifications.mail.LetterBackend"
    send_mail("Reset", "https://madang.example/reset/key", None, ["a@example.org"])

    assert send_due() == {"sent": 1}
    letter = Letter.objects.get()
    assert (letter.text, letter.html) == ("", "")
    assert "reset/key" in server.messages[0].get_content()
    assert send_again(letter_ids=[letter.pk]) == 0


def test_a_refused_recipient_stops_mail_to_the_address(server) -> None:
    letter = a_waiting_letter(email="gone@example.org")
    server.answers["gone@example.org"] = "550 5.1.1 no such user"

    assert send_due() == {"bounced": 1}
    address = Address.objects.get()
    assert (address.address, address.status, address.bounces) == ("gone@example.org", "550", 1)
    assert address.stopped_at is not None
    replied(letter.member, a_member())
    assert send_due() == {"withheld": 1}
    assert Letter.objects.filter(why="address_stopped").count() == 1


def test_a_letter_put_off_by_the_server_is_tried_again_later(server) -> None:
    letter = a_waiting_letter(email="later@example.org")
    server.answers["later@example.org"] = "451 try later"

    assert send_due() == {"queued": 1}
    letter.refresh_from_db()
    assert (letter.attempts, letter.error, letter.claim) == (1, "451 try later", None)
    assert send_due() == {}
    server.answers.clear()
    with clock.shifted(dt.timedelta(minutes=2)):
        assert send_due() == {"sent": 1}


def test_a_server_that_is_away_loses_nothing(settings) -> None:
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_USE_TLS = "127.0.0.1", 1, False
    letter = a_waiting_letter()

    assert send_due() == {"queued": 1}
    letter.refresh_from_db()
    assert (letter.state, letter.attempts) == ("queued", 1)


def test_after_two_days_of_trying_the_letter_fails_and_can_be_sent_again(settings) -> None:
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_USE_TLS = "127.0.0.1", 1, False
    letter = a_waiting_letter()
    for day in range(9):
        with clock.shifted(dt.timedelta(days=day)):
            send_due()

    letter.refresh_from_db()
    assert (letter.state, letter.why, letter.attempts) == ("failed", "gave_up", 9)
    assert send_again(letter_ids=[letter.pk]) == 1


def test_a_claimed_letter_is_nobody_elses_until_the_lease_is_over() -> None:
    letter = a_waiting_letter()

    assert [row.pk for row in claim(size=10)] == [letter.pk]
    assert claim(size=10) == []
    with clock.shifted(dt.timedelta(minutes=4)):
        assert [row.pk for row in claim(size=10)] == [letter.pk]


def test_quiet_hours_hold_a_letter_back_on_the_members_own_clock() -> None:
    member = a_member(time_zone="Asia/Seoul")
    local = clock.now().astimezone(member.zone)
    quiet_from, quiet_until = (local - dt.timedelta(hours=1)).time(), (local + dt.timedelta(hours=1)).time()
    change_settings(by=member, switches={}, quiet_from=quiet_from, quiet_until=quiet_until, rhythm="never")
    replied(member, a_member())

    letter = Letter.objects.get()
    assert dt.timedelta(minutes=59) < letter.not_before - clock.now() <= dt.timedelta(minutes=60)
    assert send_due() == {}


def test_names_become_no_link_and_no_header(server) -> None:
    member = a_member(language="en")
    change_settings(by=member, switches={}, quiet_from=None, quiet_until=None, rhythm="never")
    replied(member, a_member(display_name="http://evil.example <b>x</b>\r\nBcc: all@example.com"))

    send_due()

    [message] = server.messages
    assert message["Bcc"] is None
    assert server.recipients == [member.email]
    assert message["Subject"].strip().startswith("http://evil.example <b>x</b> Bcc: all@example.com ")
    html = message.get_body(("html",)).get_content()
    assert "<b>x</b>" not in html
    assert "&lt;b&gt;x&lt;/b&gt;" in html
    assert "http://evil" not in message.get_body(("plain",)).get_content()


def test_a_waiting_letter_tells_of_all_that_came_meanwhile(server) -> None:
    letter = a_waiting_letter()
    replied(letter.member, a_member(display_name="Bora"), about=Announcement.objects.get())

    assert send_due() == {"sent": 1}
    assert server.messages[0]["Subject"] == "Bora and 1 other replied to you in “Rain”"


@pytest.mark.parametrize(
    "wrong",
    [
        {"state": "sending"},
        {"state": "sent"},
        {"state": "withheld"},
        {"state": "queued", "claim": uuid.uuid4()},
    ],
)
def test_the_database_refuses_a_letter_whose_state_contradicts_itself(wrong) -> None:
    letter = a_waiting_letter()
    with pytest.raises(IntegrityError), transaction.atomic():
        Letter.objects.filter(pk=letter.pk).update(**wrong)


def test_the_database_refuses_quiet_hours_with_one_end() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Habit.objects.create(member=a_member(), quiet_from=dt.time(22))
