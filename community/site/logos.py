"""The site's logo: re-encoded, so that nothing of the file that was sent is ever served."""

import hashlib
import io

from PIL import Image, UnidentifiedImageError

from community.site.errors import NotALogo

LARGEST_BYTES = 5 * 1024 * 1024
LARGEST_PIXELS = 20_000_000
SIDE = 512  # pixels of the stored picture's longer side
FORMATS = ("PNG", "JPEG", "WEBP")


def redrawn(sent: bytes) -> tuple[bytes, str]:
    """A PNG of at most 512 × 512 pixels and the mark for its address. Raises NotALogo."""
    if len(sent) > LARGEST_BYTES:
        raise NotALogo(field="logo")
    try:
        with Image.open(io.BytesIO(sent), formats=FORMATS) as picture:
            if picture.width * picture.height > LARGEST_PIXELS:
                raise NotALogo(field="logo")
            plain = picture.convert("RGBA")
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise NotALogo(field="logo") from error
    plain.thumbnail((SIDE, SIDE))
    out = io.BytesIO()
    plain.save(out, "PNG", optimize=True)
    return out.getvalue(), hashlib.sha256(out.getvalue()).hexdigest()[:16]
