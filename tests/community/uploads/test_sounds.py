"""Sounds: known by their content, cleaned, bounded, counted and served as pictures are."""

import io
import wave

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction

from community.members.errors import AllowanceSpent
from community.uploads import conf, sounds
from community.uploads.errors import QuotaSpent
from community.uploads.models import Upload, Usage
from community.uploads.serving import part_of
from community.uploads.sounds import NotASound, SoundTooLarge
from community.uploads.storing import store_sound
from tests.factories.members import a_member, logged_in, with_token
from tests.factories.uploads import a_file, a_sound, a_wav, an_m4a, an_mp3, an_ogg, an_upload

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def kept(data: bytes) -> tuple[str, bytes]:
    sound = sounds.read_sound(io.BytesIO(data))
    return sound.media_type, sound.data


def test_only_frames_of_an_mp3_are_kept():
    frame = b"\xff\xfb\x90\x00" + bytes(413)
    assert kept(an_mp3(frames=3)) == ("audio/mpeg", frame * 3)
    assert kept(frame * 2 + b"<script>") == ("audio/mpeg", frame * 2)


def test_only_format_and_samples_of_a_wav_are_kept():
    media_type, data = kept(a_wav(seconds=0.1))
    assert media_type == "audio/wav"
    assert b"Secret" not in data
    with wave.open(io.BytesIO(data)) as file:
        assert (file.getnframes(), file.getframerate()) == (800, 8000)


def test_the_place_in_an_m4a_is_emptied_and_offsets_stay():
    sent = an_m4a()
    media_type, data = kept(sent)
    assert (media_type, len(data)) == ("audio/mp4", len(sent))
    assert b"37.5665" not in data
    assert data.index(b"mdat") == sent.index(b"mdat")


def test_only_whole_pages_of_an_ogg_are_kept():
    assert kept(an_ogg(pages=2) + b"OggS and more") == ("audio/ogg", an_ogg(pages=2))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"ID3",
        b"ID3\x04\x00\x00\x00\x00\x00\x10" + b"<html>" * 40,
        an_mp3(frames=1),
        a_wav()[:40],
        b"RIFF\x00\x00\x00\x00WAVE<script>",
        an_ogg(codec=b"\x80theora"),
        an_ogg(pages=1),
        an_m4a(track=b"vide"),
        an_m4a(brand=b"heic"),
        an_m4a()[:60],
        b"<html><audio>",
        a_file().read(),
    ],
)
def test_what_is_no_sound_is_refused(data):
    with pytest.raises(NotASound):
        sounds.read_sound(io.BytesIO(data))


def test_a_sound_is_at_most_ten_megabytes(monkeypatch):
    monkeypatch.setattr(sounds, "MAX_BYTES", len(a_wav()) - 1)
    with pytest.raises(SoundTooLarge):
        sounds.read_sound(io.BytesIO(a_wav()))


def test_a_sound_takes_room_and_allowance_as_a_picture_does(monkeypatch):
    member = a_member(trust_level=0)
    sound = a_sound(owner=member)
    usage = Usage.objects.get(member=member)
    assert (usage.pictures, usage.bytes) == (1, sound.bytes)
    monkeypatch.setattr(conf, "quota_bytes", lambda level: sound.bytes)
    with pytest.raises(QuotaSpent):
        a_sound(owner=member)
    for _attempt in range(8):
        with pytest.raises(NotASound):
            store_sound(by=member, file=io.BytesIO(b"noise"))
    with pytest.raises(AllowanceSpent):
        a_sound(owner=member)
    assert Upload.objects.count() == 1


def test_the_database_itself_measures_pictures_and_no_sounds():
    sound, picture = a_sound(), an_upload()
    for row, fields in ((sound, {"width": 1, "height": 1}), (picture, {"width": None}), (sound, {"media_type": "x"})):
        with pytest.raises(IntegrityError, match="uploads_upload_"), transaction.atomic():
            Upload.objects.filter(pk=row.pk).update(**fields)


def test_it_is_served_to_its_owner_as_a_sound_and_as_nothing_else():
    owner = a_member()
    sound = a_sound(owner=owner)
    answer = logged_in(owner).get(sound.get_absolute_url())
    names = ("Content-Type", "X-Content-Type-Options", "Content-Disposition", "Cache-Control", "Accept-Ranges")
    assert [answer[name] for name in names] == [
        "audio/wav", "nosniff", 'inline; filename="song.wav"', "private, no-cache", "bytes",
    ]  # fmt: skip
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert len(b"".join(answer.streaming_content)) == sound.bytes
    assert logged_in(None).get(sound.get_absolute_url()).status_code == 404
    assert logged_in(owner).get(f"{sound.get_absolute_url()}320/").status_code == 404


def test_a_player_may_ask_for_a_part():
    owner = a_member()
    sound = a_sound(owner=owner)
    with default_storage.open(sound.path()) as file:
        whole = file.read()
    client = logged_in(owner)
    part = client.get(sound.get_absolute_url(), headers={"range": "bytes=0-3"})
    assert (part.status_code, part["Content-Range"], part.content) == (206, f"bytes 0-3/{len(whole)}", b"RIFF")
    beyond = client.get(sound.get_absolute_url(), headers={"range": f"bytes={len(whole)}-"})
    assert (beyond.status_code, beyond["Content-Range"]) == (416, f"bytes */{len(whole)}")


@pytest.mark.parametrize(
    ("header", "part"),
    [
        ("", None),
        ("bytes=-", None),
        ("bytes=5-2", None),
        ("bytes=0-1,4-5", None),
        ("lines=0-1", None),
        ("bytes=2-", (2, 9)),
        ("bytes=2-400", (2, 9)),
        ("bytes=-3", (7, 9)),
        ("bytes=-30", (0, 9)),
        ("bytes=-0", (1, 0)),
        ("bytes=10-", (1, 0)),
        (f"bytes={'9' * 5000}-", None),
        (f"bytes=-{'9' * 5000}", None),
    ],
)
def test_parts_of_ten_bytes(header, part):
    assert part_of(header, 10) == part


def test_over_rest_a_sound_is_sent_like_a_picture(client):
    member = a_member()
    file = ContentFile(an_mp3(), name="song.mp3")
    answer = client.post("/api/v1/uploads/", {"file": file}, headers=with_token(member))
    assert answer.status_code == 201
    told = answer.json()
    assert (told["media_type"], told["width"], told["height"], told["thumbnails"]) == ("audio/mpeg", None, None, [])
    refused = client.post(
        "/api/v1/uploads/", {"file": ContentFile(b"ID3no", name="song.mp3")}, headers=with_token(member)
    )
    assert (refused.status_code, refused.json()["errors"][0]["code"]) == (400, "not_a_sound")


def test_the_owners_page_plays_it_and_offers_no_line_for_a_post(relay):
    owner = a_member()
    sound = a_sound(owner=owner)
    relay()
    page = logged_in(owner).get("/uploads/").content.decode()
    assert f'<audio controls preload="none" src="{sound.get_absolute_url()}"' in page
    assert "![" not in page
    assert logged_in(owner).get(f"{sound.get_absolute_url()}removal/").status_code == 200
