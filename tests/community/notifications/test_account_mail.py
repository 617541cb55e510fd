"""What accounts and alarms send by Django's mail door becomes letters in line."""

import pytest
from django.core.mail import BadHeaderError, EmailMultiAlternatives, send_mail
from django.db import transaction

from community.notifications.models import Letter

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _our_mail_door(settings) -> None:
    settings.EMAIL_BACKEND = "community.notifications.mail.LetterBackend"


def test_a_message_becomes_one_letter_a_recipient_in_line() -> None:
    sent = send_mail("Confirm your address", "Follow the link.", None, ["a@example.com", "b@example.com"])

    assert sent == 1
    letters = Letter.objects.order_by("address")
    assert [(row.address, row.subject, row.text, row.state, row.kind) for row in letters] == [
        ("a@example.com", "Confirm your address", "Follow the link.", "queued", "account"),
        ("b@example.com", "Confirm your address", "Follow the link.", "queued", "account"),
    ]
    assert letters[0].message_id != letters[1].message_id


def test_the_html_part_is_kept() -> None:
    message = EmailMultiAlternatives("Hello", "plain", to=["a@example.com"])
    message.attach_alternative("<p>rich</p>", "text/html")
    message.send()

    assert Letter.objects.get().html == "<p>rich</p>"


def test_a_letter_is_not_written_when_its_act_fails() -> None:
    with transaction.atomic():
        send_mail("Welcome", "Hello.", None, ["a@example.com"])
        transaction.set_rollback(True)

    assert Letter.objects.count() == 0


def test_a_new_line_in_a_header_is_refused_and_nothing_is_kept() -> None:
    with pytest.raises(BadHeaderError):
        send_mail("Welcome\nBcc: everyone@example.com", "Hello.", None, ["a@example.com"])

    assert Letter.objects.count() == 0


def test_attachments_and_hidden_recipients_are_refused() -> None:
    attached = EmailMultiAlternatives("Hello", "plain", to=["a@example.com"])
    attached.attach("a.txt", "text", "text/plain")
    with pytest.raises(ValueError, match="no attachments"):
        attached.send()
    with pytest.raises(ValueError, match="no hidden recipients"):
        EmailMultiAlternatives("Hello", "plain", to=["a@example.com"], bcc=["b@example.com"]).send()

    assert Letter.objects.count() == 0
