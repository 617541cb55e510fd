"""Every kind of notice goes by letter over a real mail server and by REST, in both languages."""

import pytest
from django.test import Client
from django.utils import translation

from community.foundation.ids import uuid7
from community.notifications import kinds
from community.notifications.composing import ANNOUNCEMENT
from community.notifications.models import Notice
from community.notifications.models.wishes import Channel
from community.notifications.noticing import tell
from community.notifications.preferences import change_settings
from community.notifications.sending import send_due
from tests.factories.members import a_member, with_token
from tests.factories.notifications import an_announcement

pytestmark = pytest.mark.django_db
BOTH_LANGUAGES = ("en", "ko")


def told_kinds() -> dict[str, kinds.NoticeKind]:
    """All but announcements, whose letters bring more than a sentence and have tests of their own."""
    return {name: kind for name, kind in kinds.all_kinds().items() if name != ANNOUNCEMENT}


def told_of_everything(language: str):
    """One notice of each kind about “Rain”, by Nari, each wished for by letter."""
    member, nari, about = a_member(language=language), a_member(display_name="Nari"), an_announcement()
    on = {kind: dict.fromkeys(Channel.values, True) for kind in told_kinds()}
    change_settings(by=member, switches=on, quiet_from=None, quiet_until=None, rhythm="weekly")
    for kind in told_kinds():
        assert (
            tell(kind=kind, to=[member.pk], target=("announcement", about.pk), source=("x", uuid7()), by=nari.pk) == 1
        )
    return member


def expected(language: str) -> list[str]:
    title = {"en": "Rain", "ko": "Rain(한국어)"}[language]
    with translation.override(language):
        return sorted(kind.sentence(by="Nari", title=title, people=1) for kind in told_kinds().values())


@pytest.mark.parametrize("language", BOTH_LANGUAGES)
def test_by_letter(server, language: str) -> None:
    told_of_everything(language)
    assert send_due() == {"sent": len(told_kinds())}

    assert sorted(message["Subject"].strip() for message in server.messages) == expected(language)
    for message in server.messages:
        assert message["Subject"].strip() in message.get_body(("plain",)).get_content().replace("\n", " ")
        assert f'<html lang="{language}">' in message.get_body(("html",)).get_content()


@pytest.mark.parametrize("language", BOTH_LANGUAGES)
def test_over_rest(language: str) -> None:
    member = told_of_everything(language)
    client = Client(headers={**with_token(member), "Accept-Language": language})
    rows = client.get("/api/v1/notifications/?page_size=100").json()["results"]

    assert sorted(row["text"] for row in rows) == expected(language)
    assert {row["kind"] for row in rows} == set(told_kinds())


def test_no_two_kinds_say_the_same_in_either_language() -> None:
    for language in BOTH_LANGUAGES:
        with translation.override(language):
            titles = [str(kind.title) for kind in told_kinds().values()]
            assert len(set(expected(language))) == len(set(titles)) == len(told_kinds())


def test_a_letter_to_who_ignores_the_author_since_is_withheld(server) -> None:
    member = told_of_everything("en")
    nari = Notice.objects.filter(member=member).first().by
    member.ignorings.create(ignored=nari)

    assert send_due() == {"withheld": len(told_kinds())}
    assert server.raw == []
