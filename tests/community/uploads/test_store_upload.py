"""Taking pictures in: what is kept, what is refused, and what each takes of the member's room."""

import datetime as dt
import io

import pytest
from django.core.files.storage import default_storage
from PIL import Image

from community.foundation import clock, counters
from community.foundation.images import NotAPicture
from community.members.errors import AllowanceSpent, Silenced
from community.uploads import conf
from community.uploads.errors import QuotaSpent
from community.uploads.models import Upload, Usage
from community.uploads.removing import remove_unbound, remove_upload
from community.uploads.storing import store_upload
from tests.factories.members import a_member
from tests.factories.uploads import a_file, an_upload

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def files_in(folder) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def test_a_picture_is_kept_as_webp_without_its_metadata(tmp_path):
    exif = Image.Exif()
    exif[0x010F] = "SecretCamera"
    upload = store_upload(by=a_member(), file=a_file(exif=exif), name="../../Desktop\\me.jpg", alt="  My desk ")
    assert files_in(tmp_path) == [f"{upload.folder}/picture.webp"]
    with default_storage.open(upload.path()) as file:
        data = file.read()
    assert b"SecretCamera" not in data
    assert Image.open(io.BytesIO(data)).format == "WEBP"
    assert (upload.width, upload.height, upload.bytes) == (900, 600, len(data))
    assert (upload.name, upload.alt) == ("me.jpg", "My desk")


def test_a_large_picture_is_kept_at_2048_pixels():
    upload = an_upload(size=(4096, 1024))
    assert (upload.width, upload.height) == (2048, 512)


def test_thumbnails_are_made_by_the_worker_none_wider_than_the_picture(tmp_path, relay):
    upload = an_upload(size=(900, 600))
    assert upload.thumbnail_widths == [320, 640]
    assert upload.path(320) == upload.path()
    relay()
    upload.refresh_from_db()
    assert upload.made_widths == [320, 640]
    assert files_in(tmp_path) == [f"{upload.folder}/{name}.webp" for name in ("320", "640", "picture")]
    with default_storage.open(upload.path(320)) as file:
        assert Image.open(file).size == (320, 213)


def test_what_is_no_picture_leaves_nothing(tmp_path):
    member = a_member()
    with pytest.raises(NotAPicture):
        store_upload(by=member, file=io.BytesIO(b"<html>"), name="cat.jpg")
    assert Upload.objects.count() == 0
    assert files_in(tmp_path) == []


def test_a_silenced_member_sends_none():
    member = a_member(silenced_until=clock.now() + dt.timedelta(hours=1))
    with pytest.raises(Silenced):
        an_upload(owner=member)


def test_looking_at_a_refused_picture_counts_too():
    member = a_member(trust_level=0)
    for _attempt in range(10):
        with pytest.raises(NotAPicture):
            store_upload(by=member, file=io.BytesIO(b"no picture"))
    with pytest.raises(AllowanceSpent):
        store_upload(by=member, file=a_file())


def test_the_room_of_a_member_is_bounded_and_a_refusal_leaves_nothing(monkeypatch, tmp_path):
    member = a_member()
    first = an_upload(owner=member)
    monkeypatch.setattr(conf, "quota_bytes", lambda level: first.bytes * 2 - 1)
    with pytest.raises(QuotaSpent):
        an_upload(owner=member)
    usage = Usage.objects.get(member=member)
    assert (usage.pictures, usage.bytes) == (1, first.bytes)
    assert files_in(tmp_path) == [first.path()]
    remove_upload(by=member, upload_id=first.pk)
    assert an_upload(owner=member).bytes == first.bytes


def test_usage_equals_its_rows():
    member = a_member()
    kept, gone = an_upload(owner=member), an_upload(owner=member, colour="#d9541e")
    remove_upload(by=member, upload_id=gone.pk)
    usage = Usage.objects.get(member=member)
    assert (usage.pictures, usage.bytes) == (1, kept.bytes)
    ours = [counter for counter in counters.all_counters() if counter.model == "community_uploads.Usage"]
    assert [counter.field for counter in ours] == ["pictures", "bytes"]
    assert [list(counter.wrong()) for counter in ours] == [[], []]
    Usage.objects.update(bytes=1)
    assert [row.true_count for counter in ours for row in counter.wrong()] == [kept.bytes]


def test_a_picture_that_no_text_uses_is_deleted_after_a_day_with_its_files(tmp_path, relay):
    old = an_upload()
    relay()
    with clock.shifted(dt.timedelta(hours=23)):
        young = an_upload()
        assert remove_unbound() == 0
    with clock.shifted(dt.timedelta(hours=25)):
        assert remove_unbound() == 1
        relay()
    assert list(Upload.objects.all()) == [young]
    assert not any(name.startswith(old.folder) for name in files_in(tmp_path))
