"""A member's or a team's picture: cut square, written anew in two sizes, under a name that nobody can guess."""

import re
from typing import IO

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.crypto import get_random_string

from community.foundation import images
from community.foundation.problems import NotThere
from community.members import standing
from community.members.models import Member, Team

SIZES = {"small": 96, "large": 384}
_NAME = re.compile(r"[A-Za-z0-9]{22}")


def set_picture(*, by: Member, file: IO[bytes]) -> Member:
    """Take a new picture. Raises NotAPicture, DamagedPicture, PictureTooLarge, or what standing refuses."""
    standing.require_voice(by)
    name = _stored(file)
    with transaction.atomic():
        member = Member.objects.select_for_update().get(pk=by.pk)
        old, member.picture = member.picture, name
        member.save(update_fields=["picture"])
    _remove(old)
    return member


def remove_picture(*, by: Member) -> Member:
    """Go back to the drawn letter."""
    with transaction.atomic():
        member = Member.objects.select_for_update().get(pk=by.pk)
        old, member.picture = member.picture, ""
        member.save(update_fields=["picture"])
    _remove(old)
    return member


def stored_file(name: str, size: str) -> IO[bytes]:
    """The WebP file of a picture that someone has now. Raises NotThere."""
    in_use = Member.objects.filter(picture=name).exists() or Team.objects.filter(picture=name).exists()
    if size not in SIZES or not _NAME.fullmatch(name) or not in_use:
        raise NotThere
    try:
        return default_storage.open(_path(name, size), "rb")
    except FileNotFoundError as error:
        raise NotThere from error


def forget(*, member: Member) -> None:
    """Remove the files of a member who leaves."""
    _remove(member.picture)
    for row in member.data_exports.exclude(file=""):
        default_storage.delete(row.file)


def files_of(member: Member) -> list[tuple[str, str]]:
    """For the export: the picture in its larger size."""
    return [("picture.webp", _path(member.picture, "large"))] if member.picture else []


def _stored(file: IO[bytes]) -> str:
    picture = images.open_picture(file, longest=1600)
    name = get_random_string(22)
    for size, side in SIZES.items():
        default_storage.save(_path(name, size), ContentFile(images.webp(images.cropped(picture, side, side)).data))
    return name


def _path(name: str, size: str) -> str:
    return f"pictures/{name}-{size}.webp"


def _remove(name: str) -> None:
    if name:
        for size in SIZES:
            default_storage.delete(_path(name, size))
