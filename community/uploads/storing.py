"""Take a picture or a sound in."""

import re
from typing import IO, Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import F

from community.foundation import clock, images
from community.members import allowances, standing
from community.outbox.events import publish
from community.uploads import conf, sounds
from community.uploads.errors import QuotaSpent
from community.uploads.models import Upload, Usage

_CONTROL = re.compile(r"[\x00-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")


def store_upload(*, by: Any, file: IO[bytes], name: str = "", alt: str = "") -> Upload:
    """Keep what a member sent as a clean WebP; its thumbnails follow in the worker.

    It is nobody else's to see until a text binds it (binding.bind). A refused picture counts against the allowance
    too, since looking at it cost as much.
    Raises NotAPicture, DamagedPicture, PictureTooLarge, QuotaSpent, TooMany, and Refused for a silenced member.
    """
    _ask_leave(by)
    picture = images.webp(images.open_picture(file, longest=conf.LONGEST))
    upload = _described(by=by, name=name, alt=alt, width=picture.width, height=picture.height)
    return _kept(upload, picture.data)


def store_sound(*, by: Any, file: IO[bytes], name: str = "", alt: str = "") -> Upload:
    """Keep a sound that a member sent, as store_upload keeps pictures: same allowance, same room, same eyes.

    Raises NotASound, SoundTooLarge, QuotaSpent, TooMany, and Refused for a silenced member.
    """
    _ask_leave(by)
    sound = sounds.read_sound(file)
    return _kept(_described(by=by, name=name, alt=alt, media_type=sound.media_type), sound.data)


def store_any(*, by: Any, file: IO[bytes], name: str = "", alt: str = "") -> Upload:
    """Keep what was sent as what its content claims to be."""
    head = file.read(12)
    file.seek(0)
    return (store_sound if sounds.is_one(head) else store_upload)(by=by, file=file, name=name, alt=alt)


@transaction.atomic
def _ask_leave(by: Any) -> None:
    standing.require_voice(by)
    allowances.spend(member=by, act="upload")


def _described(*, by: Any, name: str, alt: str, **fields: Any) -> Upload:
    plain = _CONTROL.sub("", alt).strip()[: conf.ALT_LENGTH]
    return Upload(owner=by, name=_plain_name(name), alt=plain, created_at=clock.now(), **fields)


def _kept(upload: Upload, data: bytes) -> Upload:
    upload.bytes = len(data)
    try:
        _record(upload, data)
    except BaseException:
        default_storage.delete(upload.path())
        raise
    return upload


@transaction.atomic
def _record(upload: Upload, data: bytes) -> None:
    """Row, room and file together; the file goes last, so that a refusal leaves none."""
    owner = upload.owner
    Usage.objects.get_or_create(member=owner)
    usage = Usage.objects.select_for_update().get(member=owner)
    if usage.bytes + upload.bytes > conf.quota_bytes(owner.trust_level):
        raise QuotaSpent
    upload.save(force_insert=True)
    Usage.objects.filter(member=owner).update(pictures=F("pictures") + 1, bytes=F("bytes") + upload.bytes)
    publish(topic="upload.stored", key=str(upload.pk), payload={"upload": str(upload.pk)})
    default_storage.save(upload.path(), ContentFile(data))


def _plain_name(name: str) -> str:
    """A file name to show: no folders, no control or direction marks."""
    last = re.split(r"[/\\]", name)[-1]
    return _CONTROL.sub("", last).strip()[:100]
