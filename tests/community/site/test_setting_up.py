import io

import pytest
from django.db import Error, IntegrityError, connection, transaction
from PIL import Image

from community.foundation import clock
from community.site import errors, present
from community.site.models import Site
from community.site.setting_up import change_site, note_demo

pytestmark = pytest.mark.django_db


def picture(size: tuple[int, int] = (1024, 512), kind: str = "PNG", colour: str = "seagreen") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, colour).save(out, kind)
    return out.getvalue()


def test_the_first_call_makes_the_row_and_the_next_changes_what_is_given() -> None:
    change_site(name="  Our   court ", who_runs_it="Kim, Seoul", default_language="en", time_zone="Europe/Berlin")
    change_site(contact_email="hello@example.com")
    row = Site.objects.get()
    assert (row.name, row.who_runs_it, row.contact_email) == ("Our court", "Kim, Seoul", "hello@example.com")
    assert (row.default_language, row.time_zone) == ("en", "Europe/Berlin")
    assert row.set_up_at is not None


@pytest.mark.parametrize(
    ("field", "value", "error"),
    [
        ("name", " ", errors.NoName),
        ("name", "x" * 61, errors.NoName),
        ("name", "a\x00b", errors.NoName),
        ("default_language", "fr", errors.UnknownLanguage),
        ("time_zone", "Asia/Atlantis", errors.UnknownTimeZone),
        ("contact_email", "nobody", errors.NotAnAddress),
        ("logo", b"<svg/>", errors.NotALogo),
        ("logo", b"\x89PNG\r\n\x1a\n" + b"0" * 100, errors.NotALogo),
    ],
)
def test_what_cannot_be_right_is_refused_and_leaves_no_row(field: str, value: object, error: type[Exception]) -> None:
    with pytest.raises(error):
        change_site(**{field: value})
    assert not Site.objects.exists()


def test_a_logo_is_drawn_anew_and_small_and_has_an_address_of_its_own(client) -> None:
    first = change_site(logo=picture()).logo_mark
    present.forget()
    address = present.site().logo_url
    assert address == f"/site/logo/{first}.png"
    reply = client.get(address)
    assert reply.headers["Content-Type"] == "image/png"
    assert reply.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert Image.open(io.BytesIO(reply.content)).size == (512, 256)
    second = change_site(logo=picture(colour="black")).logo_mark
    assert second != first
    assert client.get(address).status_code == 404


def test_an_empty_logo_takes_it_away() -> None:
    change_site(logo=picture())
    row = change_site(logo=b"")
    assert (row.logo, row.logo_mark) == (None, "")


def test_a_transparent_or_huge_or_truncated_picture() -> None:
    change_site(logo=picture(kind="WEBP"))
    with pytest.raises(errors.NotALogo):
        change_site(logo=picture((6000, 4000)))
    with pytest.raises(errors.NotALogo):
        change_site(logo=picture()[:200])


def test_the_demo_does_not_name_the_site() -> None:
    note_demo()
    present.forget()
    now = present.site()
    assert (now.demo_is_loaded, now.is_set_up, str(now.name)) == (True, False, "마당")
    change_site(name="Court")
    present.forget()
    assert (present.site().demo_is_loaded, present.site().is_set_up, present.site().name) == (True, True, "Court")


def test_pages_see_a_change_once_it_is_committed(django_capture_on_commit_callbacks) -> None:
    change_site(name="Before")
    present.forget()
    assert present.site().name == "Before"
    with django_capture_on_commit_callbacks(execute=True):
        change_site(name="After")
    assert present.site().name == "After"


def test_it_is_read_once_in_a_while_and_needs_no_logo(django_assert_num_queries) -> None:
    change_site(name="Court", logo=picture())
    present.forget()
    with django_assert_num_queries(3) as asked:  # savepoint, row, release
        present.site()
    assert '"logo"' not in str(asked.captured_queries)
    with django_assert_num_queries(0):
        present.site()


def test_without_the_database_the_last_facts_are_told(monkeypatch) -> None:
    change_site(name="Court")
    present.forget()
    present.site()

    def broken() -> None:
        raise Error

    monkeypatch.setattr(present, "_read", broken)
    monkeypatch.setattr(present, "REMEMBERED_SECONDS", 0.0)
    assert present.site().name == "Court"
    present.forget()
    assert str(present.site().name) == "마당"


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ({"id": 2, "name": "Other"}, "site_is_one_row"),
        ({"name": ""}, "site_has_a_name"),
        ({"name": "x", "logo_mark": "abc"}, "site_logo_has_its_mark"),
        ({"name": "x", "logo": b"abc"}, "site_logo_has_its_mark"),
    ],
)
def test_the_database_holds_the_rules(change: dict[str, object], constraint: str) -> None:
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Site.objects.create(default_language="ko", time_zone="Asia/Seoul", set_up_at=clock.now(), **change)
    assert connection.is_usable()
