"""Pictures from strangers: opened under bounds, turned upright, stripped, and written anew as WebP.

Nothing that was sent is ever stored or served: only pixels pass, so metadata (GPS too), trailing bytes and anything
else hidden in a file end here. The kind is read from the content; names and declared types are not believed. The
header is checked before a pixel is decoded. An animation gives its first frame: in the courtyard nothing blinks.
"""

import io
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import IO

from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageCms, ImageOps

from community.foundation.problems import Invalid, TooLarge

FORMATS = ("JPEG", "PNG", "GIF", "WEBP")
MAX_BYTES = 10 * 1024 * 1024
MAX_PIXELS = 40_000_000
MAX_SIDE = 16_000
MAX_JPEG_SCANS = 100
"""Each scan of a progressive JPEG visits every pixel; cameras write about ten, a bomb writes thousands."""
MAX_PROFILE_BYTES = 64 * 1024
QUALITY = 82

_one_at_a_time = threading.Semaphore(1)
"""A decoded picture can take 200 MB; a process holds one at a time."""


class NotAPicture(Invalid):
    """The content is of no kind that is taken in."""

    code = "not_a_picture"
    detail = _("This is not a picture that can be used. Choose a JPEG, PNG, GIF or WebP file.")


class DamagedPicture(Invalid):
    """It begins as a picture and cannot be read to its end."""

    code = "damaged_picture"
    detail = _("This picture is damaged and cannot be read. Save it anew and try again.")


class PictureTooLarge(TooLarge):
    """More bytes, pixels or passes over the pixels than are taken in."""

    code = "picture_too_large"
    detail = _("This picture is too large: at most 10 MB and 40 megapixels. Make it smaller and try again.")


@dataclass(frozen=True)
class Encoded:
    """A finished WebP file; width and height in pixels."""

    data: bytes
    width: int
    height: int
    content_type: str = "image/webp"


def open_picture(file: IO[bytes], *, longest: int | None = None) -> Image.Image:
    """Decode a picture that a stranger sent.

    The result is upright, RGB or RGBA in sRGB, and carries no metadata. With `longest`, it is shrunk so that no side
    is longer than that (never enlarged), which also spares most of the decoding of a large JPEG.
    Raises NotAPicture, DamagedPicture or PictureTooLarge.
    """
    data = file.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise PictureTooLarge
    with _one_at_a_time:
        image = _header(data)
        _refuse_bombs(image, data)
        return _guarded(lambda: _pixels(image, longest), DamagedPicture)


def shrunk(image: Image.Image, longest: int) -> Image.Image:
    """The picture with no side longer than `longest` pixels; smaller ones are given back as they are."""
    if max(image.size) <= longest:
        return image
    return ImageOps.contain(image, (longest, longest), Image.Resampling.LANCZOS)


def cropped(image: Image.Image, width: int, height: int, *, centre: tuple[float, float] = (0.5, 0.5)) -> Image.Image:
    """The largest part of the given shape around `centre` (0..1 from the left top), scaled to width × height."""
    return ImageOps.fit(image, (width, height), Image.Resampling.LANCZOS, centering=centre)


def webp(image: Image.Image, *, quality: int = QUALITY) -> Encoded:
    """Write the picture as WebP without any metadata."""
    out = io.BytesIO()
    image.save(out, "WEBP", quality=quality, method=3, exif=b"", xmp=b"", icc_profile=b"")
    return Encoded(out.getvalue(), *image.size)


def _guarded(step: Callable[[], Image.Image], otherwise: type[Invalid]) -> Image.Image:
    """Decoders of hostile bytes raise nearly anything; whatever it is, the file is at fault."""
    try:
        return step()
    except (Image.DecompressionBombError, MemoryError) as error:
        raise PictureTooLarge from error
    except (PictureTooLarge, NotAPicture):
        raise
    except Exception as error:
        raise otherwise from error


def _header(data: bytes) -> Image.Image:
    """Read the header alone."""
    start = data[:1024].lstrip().lower()
    if start.startswith((b"<svg", b"<?xml", b"<!doctype svg")):
        raise NotAPicture(_("SVG drawings can carry programs and are not taken in. Export the drawing as PNG."))
    if data[4:12] in (b"ftypheic", b"ftypheix", b"ftypmif1", b"ftyphevc"):
        raise NotAPicture(_("HEIC pictures cannot be shown by every browser. Send the picture as JPEG."))
    return _guarded(lambda: Image.open(io.BytesIO(data), formats=FORMATS), NotAPicture)


def _refuse_bombs(image: Image.Image, data: bytes) -> None:
    """Refuse by the header what would cost too much to decode."""
    width, height = image.size
    if width * height > MAX_PIXELS or max(width, height) > MAX_SIDE:
        raise PictureTooLarge
    if width < 1 or height < 1:
        raise DamagedPicture
    # Inside a scan 0xFF is always followed by 0x00 or a restart mark, so this counts scans (and a thumbnail's).
    if image.format in {"JPEG", "MPO"} and data.count(b"\xff\xda") > MAX_JPEG_SCANS:
        raise PictureTooLarge


def _pixels(image: Image.Image, longest: int | None) -> Image.Image:
    """Decode the first frame into clean pixels."""
    profile = image.info.get("icc_profile")
    if longest:
        image.draft(None, (longest, longest))
    image.load()
    if image.width * image.height > MAX_PIXELS:
        raise PictureTooLarge
    upright = ImageOps.exif_transpose(image)
    clean = _in_srgb(_in_plain_mode(upright), profile)
    if longest:
        clean = shrunk(clean, longest)
    clean.info = {}
    return clean


def _in_plain_mode(image: Image.Image) -> Image.Image:
    """Palettes, greys, CMYK and the rest as RGB; with transparency, as RGBA."""
    if image.mode in {"RGB", "RGBA"}:
        return image if "transparency" not in image.info else image.convert("RGBA")
    return image.convert("RGBA" if image.has_transparency_data else "RGB")


def _in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """Colours as browsers show them. Phones write Display P3; an odd or oversized profile is dropped unread."""
    if not profile or len(profile) > MAX_PROFILE_BYTES or profile[16:20] != b"RGB ":
        return image
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        target = ImageCms.createProfile("sRGB")
        return ImageCms.profileToProfile(image, source, target, outputMode=image.mode) or image
    except (ImageCms.PyCMSError, OSError):
        return image
