"""Sounds from strangers: known by their content, bounded, and stripped of what is no sound.

A sound is not coded anew (that would need a codec for each kind), but only its frames, chunks or boxes pass: what
stands before, between and behind them ends here, and with it names, places and pictures in MP3, WAV and M4A files.
Ogg files keep their comments, which stand inside the stream.
"""

import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import IO

from django.utils.translation import gettext_lazy as _

from community.foundation.problems import Invalid, TooLarge

MAX_BYTES = 10 * 1024 * 1024
M4A_BRANDS = (b"M4A ", b"M4B ", b"mp42", b"mp41", b"isom", b"iso2", b"iso5", b"iso6", b"dash")
OGG_CODECS = (b"\x01vorbis", b"OpusHead", b"\x7fFLAC")
KBPS = {
    3: (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    2: (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
}
HERTZ = {3: (44100, 48000, 32000), 2: (22050, 24000, 16000), 0: (11025, 12000, 8000)}
"""By the version bits of an MPEG audio header: 3 is MPEG 1, 2 is MPEG 2, 0 is MPEG 2.5 (ISO 11172-3, 13818-3)."""


class NotASound(Invalid):
    """The content is of no kind that is taken in, or damaged."""

    code = "not_a_sound"
    detail = _("This is not a sound that can be used. Choose an MP3, M4A, Ogg or WAV file.")


class SoundTooLarge(TooLarge):
    """More bytes than are taken in."""

    code = "sound_too_large"
    detail = _("This sound is too large: at most 10 MB. Cut it shorter and try again.")


@dataclass(frozen=True)
class Sound:
    """A file to keep."""

    media_type: str
    data: bytes


def is_one(head: bytes) -> bool:
    """Whether a file that begins so (12 bytes are enough) claims to be a sound."""
    return _cleaner(head) is not None


def read_sound(file: IO[bytes]) -> Sound:
    """What a stranger sent, cleaned. Raises NotASound or SoundTooLarge."""
    data = file.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise SoundTooLarge
    known = _cleaner(data[:12])
    if known is None:
        raise NotASound
    media_type, clean = known
    try:
        return Sound(media_type, clean(data))
    except (struct.error, IndexError) as error:
        raise NotASound from error


def _cleaner(head: bytes) -> tuple[str, Callable[[bytes], bytes]] | None:
    if head[:4] == b"RIFF" and head[8:12] == b"WAVE":
        return "audio/wav", _wav
    if head[:4] == b"OggS":
        return "audio/ogg", _ogg
    if head[4:8] == b"ftyp":
        return "audio/mp4", _m4a
    if head[:3] == b"ID3" or (len(head) > 3 and _frame_length(head, 0)):
        return "audio/mpeg", _mp3
    return None


def _mp3(data: bytes) -> bytes:
    """Only the frames of layer III: tags before and behind them fall away."""
    start = 0
    if data[:3] == b"ID3":
        size = data[6] << 21 | data[7] << 14 | data[8] << 7 | data[9]  # seven bits a byte
        start = size + (20 if data[5] & 0x10 else 10)
    end, frames = start, 0
    while length := _frame_length(data, end):
        if end + length > len(data):
            break
        end, frames = end + length, frames + 1
    if frames < 2:
        raise NotASound
    return data[start:end]


def _frame_length(data: bytes, at: int) -> int:
    """Bytes of the frame whose header stands here; 0 if there is none."""
    if at + 4 > len(data):
        return 0
    (header,) = struct.unpack_from(">I", data, at)
    version, layer, rate, speed = header >> 19 & 3, header >> 17 & 3, header >> 12 & 15, header >> 10 & 3
    if header >> 21 != 0x7FF or version == 1 or layer != 1 or rate in {0, 15} or speed == 3:
        return 0
    kbps = KBPS[3 if version == 3 else 2][rate]
    return (144_000 if version == 3 else 72_000) * kbps // HERTZ[version][speed] + (header >> 9 & 1)


def _wav(data: bytes) -> bytes:
    """Only format and samples."""
    kept, at = dict[bytes, bytes](), 12
    while at + 8 <= len(data) and len(kept) < 2:
        name, size = struct.unpack_from("<4sI", data, at)
        if name in {b"fmt ", b"data"} and name not in kept:
            kept[name] = data[at + 8 : at + 8 + size]
        at += 8 + size + size % 2
    if len(kept.get(b"fmt ", b"")) < 16 or not kept.get(b"data"):
        raise NotASound
    chunks = b"".join(
        struct.pack("<4sI", name, len(kept[name])) + kept[name] + b"\0" * (len(kept[name]) % 2)
        for name in (b"fmt ", b"data")
    )
    return struct.pack("<4sI4s", b"RIFF", 4 + len(chunks), b"WAVE") + chunks


def _ogg(data: bytes) -> bytes:
    """Only whole pages, the first of which begins with a codec of sound."""
    at = pages = 0
    while data[at : at + 4] == b"OggS" and at + 27 <= len(data):
        table = data[at + 27 : at + 27 + data[at + 26]]
        end = at + 27 + len(table) + sum(table)
        if end > len(data):
            break
        if not pages and not data[at + 27 + len(table) : end].startswith(OGG_CODECS):
            raise NotASound
        at, pages = end, pages + 1
    if pages < 2:
        raise NotASound
    return data[:at]


def _m4a(data: bytes) -> bytes:
    """The boxes (ISO 14496-12), of which those that tell of maker and place are emptied: offsets in the file stay
    true. One with moving pictures is no sound."""
    if data[8:12] not in M4A_BRANDS:
        raise NotASound
    cleaned, tracks = bytearray(data), set[bytes]()
    names = {name for name, _start, _end in _boxes(data, 0, len(data))}
    _clean_boxes(cleaned, 0, len(data), tracks)
    if not names >= {b"moov", b"mdat"} or b"soun" not in tracks or b"vide" in tracks:
        raise NotASound
    return bytes(cleaned)


def _boxes(data: bytes | bytearray, at: int, end: int) -> Iterator[tuple[bytes, int, int]]:
    """Name, start and end of each box from `at` to `end`. Raises NotASound for one that leaves its place."""
    while at + 8 <= end:
        size, name = struct.unpack_from(">I4s", data, at)
        if size == 1:
            (size,) = struct.unpack_from(">Q", data, at + 8)
        size = size or end - at
        if size < 8 or at + size > end:
            raise NotASound
        yield name, at, at + size
        at += size


def _clean_boxes(data: bytearray, at: int, end: int, tracks: set[bytes], depth: int = 0) -> None:
    """Empty what tells of more than the sound, and note in `tracks` what kinds there are."""
    for name, start, until in _boxes(data, at, end):
        if name in {b"moov", b"trak", b"mdia"} and depth < 4:
            _clean_boxes(data, start + 8, until, tracks, depth + 1)
        elif name == b"hdlr":
            tracks.add(bytes(data[start + 16 : start + 20]))
        elif name in {b"udta", b"meta", b"uuid"}:
            data[start + 4 : until] = b"free" + bytes(until - start - 8)
