"""Pictures as members send them."""

import io

from PIL import Image

from community.uploads.models import Upload
from community.uploads.storing import store_upload
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
