"""Pictures as members send them."""

import io
import struct
import wave

from PIL import Image

from community.uploads.models import Upload
from community.uploads.storing import store_sound, store_upload
from tests.factories.members import a_member


def a_file(size=(900, 600), format="JPEG", colour="#1f6b57", **options) -> io.BytesIO:
    """A picture file of one colour."""
    out = io.BytesIO()
    Image.new("RGB", size, colour).save(out, format, **options)
    out.seek(0)
    return out


def an_upload(*, owner=None, alt="", **options) -> Upload:
    """A picture that `owner` sent and no text uses yet."""
    return store_upload(by=owner or a_member(), file=a_file(**options), name="picture.jpg", alt=alt)


def a_wav(seconds: float = 0.1) -> bytes:
    """Silence as WAV, with a chunk that tells of its maker."""
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setparams((1, 2, 8000, 0, "NONE", ""))
        file.writeframes(bytes(int(seconds * 8000) * 2))
    told = b"LIST" + struct.pack("<I", 12) + b"INFOSecretMe"
    return out.getvalue() + told


def an_mp3(frames: int = 4) -> bytes:
    """Silent frames of MPEG 1, layer III, 128 kbit/s, 44.1 kHz between tags of both kinds."""
    frame = b"\xff\xfb\x90\x00" + bytes(413)
    return (
        b"ID3\x04\x00\x00\x00\x00\x00\x10" + b"TPE1SecretSinger" + frame * frames + b"TAGSecretTitle".ljust(128, b"\0")
    )


def an_ogg(pages: int = 3, codec: bytes = b"OpusHead") -> bytes:
    """Pages of one segment each."""
    body = codec.ljust(20, b"\0")
    return (b"OggS" + bytes(22) + bytes([1, len(body)]) + body) * pages


def an_m4a(*, track: bytes = b"soun", brand: bytes = b"M4A ") -> bytes:
    """The boxes of a sound that tells where it was made."""
    place = _box(b"udta", b"+37.5665+126.9780/")
    moov = _box(b"moov", _box(b"trak", _box(b"mdia", _box(b"hdlr", bytes(8) + track + bytes(12)))), place)
    return _box(b"ftyp", brand + bytes(4)) + moov + _box(b"mdat", bytes(64))


def _box(name: bytes, *content: bytes) -> bytes:
    body = b"".join(content)
    return struct.pack(">I", len(body) + 8) + name + body


def a_sound(*, owner=None, data: bytes | None = None, alt="") -> Upload:
    """A sound that `owner` sent and nothing uses yet."""
    return store_sound(by=owner or a_member(), file=io.BytesIO(data or a_wav()), name="song.wav", alt=alt)
