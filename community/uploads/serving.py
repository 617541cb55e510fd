"""Serve the file of a picture or sound to those who may see a text that uses it."""

import re
import uuid

from django.conf import settings
from django.core.files.storage import default_storage
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header

from community.foundation.problems import NotThere
from community.uploads.models import Upload

_RANGE = re.compile(r"bytes=(\d{0,15})-(\d{0,15})\Z", re.ASCII)


def serve(request: HttpRequest, upload_id: uuid.UUID, width: int | None = None) -> HttpResponseBase:
    """Asked anew at every use (`no-cache` with an ETag), so that nothing is shown once its text is hidden.

    Raises NotThere if the file is gone or not for this reader.
    """
    upload = Upload.objects.visible_to(request.user).filter(pk=upload_id).first()
    if upload is None or (upload.is_sound and width):
        raise NotThere
    path = upload.path(width)
    tag = f'"{upload.pk.hex}-{path.rsplit("/", 1)[1]}"'
    response: HttpResponseBase
    if request.headers.get("If-None-Match") == tag:
        response = HttpResponse(status=304)
    elif settings.ACCEL_PREFIX:
        headers = {"X-Accel-Redirect": settings.ACCEL_PREFIX + path}
        response = HttpResponse(content_type=upload.media_type, headers=headers)
    else:
        response = _from_storage(request, upload, path)
    ending = path.rsplit(".", 1)[1]
    name = f"{upload.name.rsplit('.', 1)[0] or ('sound' if upload.is_sound else 'picture')}.{ending}"
    response["Content-Disposition"] = content_disposition_header(False, name) or "inline"
    response["ETag"] = tag
    response["Cache-Control"] = "private, no-cache"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def _from_storage(request: HttpRequest, upload: Upload, path: str) -> HttpResponseBase:
    try:
        file = default_storage.open(path)
    except FileNotFoundError as error:
        raise NotThere from error
    if not upload.is_sound:
        return FileResponse(file, content_type=upload.media_type)
    asked = part_of(request.headers.get("Range", ""), upload.bytes)
    if asked is None:
        return FileResponse(file, content_type=upload.media_type, headers={"Accept-Ranges": "bytes"})
    first, last = asked
    if first > last:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{upload.bytes}"})
    with file:
        file.seek(first)
        part = file.read(last - first + 1)
    headers = {"Accept-Ranges": "bytes", "Content-Range": f"bytes {first}-{last}/{upload.bytes}"}
    return HttpResponse(part, status=206, content_type=upload.media_type, headers=headers)


def part_of(header: str, size: int) -> tuple[int, int] | None:
    """First and last byte of the one part that a player asks for (RFC 9110, 14.1.2): some play no sound without it.

    None where the whole is to be sent; a first byte behind the last where nothing can be.
    """
    asked = _RANGE.match(header)
    if asked is None or asked[1] == asked[2] == "":
        return None
    if not asked[1]:
        return (max(0, size - int(asked[2])), size - 1) if int(asked[2]) else (1, 0)
    first = int(asked[1])
    if asked[2] and int(asked[2]) < first:
        return None
    last = min(int(asked[2]) if asked[2] else size - 1, size - 1)
    return (first, last) if first <= last else (1, 0)
