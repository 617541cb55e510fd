"""A guest's page that has to be made lets members pass, waits for them no longer than it may, and needs room."""

import threading
import time

import pytest
from django.db import connection
from django.test import Client

from community.foundation import members_first
from tests.factories.boards import a_topic
from tests.factories.members import a_member, logged_in


@pytest.fixture
def room(monkeypatch) -> threading.BoundedSemaphore:
    """Room for one page."""
    room = threading.BoundedSemaphore(1)
    monkeypatch.setattr(members_first, "_room", room)
    return room


def steps_of_a_guest(member_is_gone: threading.Event) -> tuple[threading.Thread, list[bool]]:
    """A guest's page in another thread that steps aside once; what it found when it went on."""
    found: list[bool] = []

    def make() -> None:
        with members_first.guests_page():
            members_first.step_aside()
            found.append(member_is_gone.is_set())

    thread = threading.Thread(target=make)
    thread.start()
    return thread, found


@pytest.mark.django_db(databases=[])
def test_a_guests_page_goes_on_when_the_last_member_is_gone(monkeypatch) -> None:
    monkeypatch.setattr(members_first, "PATIENCE", 30)
    gone = threading.Event()
    with members_first.member_inside():
        with members_first.member_inside():
            thread, found = steps_of_a_guest(gone)
        time.sleep(0.05)
        assert found == []
        gone.set()
    thread.join(10)
    assert found == [True]


def test_it_waits_no_longer_than_its_patience_in_all(monkeypatch) -> None:
    monkeypatch.setattr(members_first, "PATIENCE", 0.1)
    gone = threading.Event()
    with members_first.member_inside():
        thread, found = steps_of_a_guest(gone)
        thread.join(10)
    assert found == [False]
    with members_first.member_inside(), members_first.guests_page():
        members_first.step_aside()
        began = time.monotonic()
        members_first.step_aside()  # nothing is left
        assert time.monotonic() - began < 0.09


def test_members_never_step_aside() -> None:
    with members_first.member_inside():
        began = time.monotonic()
        members_first.step_aside()
        assert time.monotonic() - began < members_first.PATIENCE / 2


@pytest.mark.django_db
def test_a_guest_without_room_is_asked_to_come_again_and_a_member_is_served(room, client: Client) -> None:
    address = a_topic().get_absolute_url()
    member = logged_in(a_member())
    with room:
        refused = client.get(address)
        assert refused.status_code == 503
        assert refused.headers["Retry-After"] == "2"
        assert "max-age" not in refused.headers.get("Cache-Control", "")
        assert member.get(address).status_code == 200
    assert client.get(address).status_code == 200


@pytest.mark.django_db
def test_the_room_is_given_back_also_when_the_page_fails(room, client: Client) -> None:
    missing = "/topics/00000000-0000-7000-8000-000000000000/"
    assert [client.get(missing).status_code for _ in range(3)] == [404, 404, 404]


@pytest.mark.django_db
def test_it_steps_aside_before_each_question_to_the_database(monkeypatch) -> None:
    asides: list[int] = []
    monkeypatch.setattr(members_first, "step_aside", lambda: asides.append(1))
    with members_first.guests_page(), connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        cursor.execute("SELECT 2")
    assert len(asides) == 2
