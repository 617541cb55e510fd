"""Files of digital products: kept by the vendor, given only to those who bought the product."""

import re
import secrets
import uuid
from typing import IO, Any

from django.core.files.storage import default_storage
from django.db import transaction

from commerce.catalog import registering
from commerce.catalog.errors import FileTooLarge, NotDigital
from commerce.catalog.locks import may_sell_for, product_for_change
from commerce.catalog.models import DigitalFile, Product, ProductKind
from community.foundation.problems import NotThere
from community.members import standing
from community.outbox.events import publish

LARGEST = 30 * 1024 * 1024
"""Below what a form may send at all (uploads.bounds)."""
_CONTROL = re.compile(r"[\x00-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")


@transaction.atomic
def add_file(*, by: Any, product: Product, file: IO[bytes], name: str, size: int) -> DigitalFile:
    """Keep a file for buyers. It is never shown, only sent as an attachment.

    Raises NotThere, NotYourProduct, ProductRemoved, NotDigital, FileTooLarge.
    """
    standing.require_voice(by)
    row = product_for_change(by=by, product_id=product.pk)
    if row.kind != ProductKind.DIGITAL:
        raise NotDigital
    if size > LARGEST:
        raise FileTooLarge
    shown = _CONTROL.sub("", re.split(r"[/\\]", name)[-1]).strip()[-120:] or "file"
    kept = DigitalFile.objects.create(product=row, name=shown, size=size, path=f"digital/{secrets.token_urlsafe(24)}")
    default_storage.save(kept.path, file)  # type: ignore[arg-type]
    return kept


@transaction.atomic
def remove_file(*, by: Any, file: DigitalFile) -> None:
    """Give it to nobody any more; the bytes go after the commit. Raises as `add_file`."""
    standing.require_voice(by)
    product_for_change(by=by, product_id=file.product_id)
    path = file.path
    file.delete()
    publish(topic="catalog.file_removed", key=path, payload={"path": path})


def may_download(member: Any, product: Product) -> bool:
    """The vendor's staff in charge of products, operators, and those who bought it."""
    if not getattr(member, "is_authenticated", False):
        return False
    return may_sell_for(member, product.vendor) or registering.has_bought(member, product.pk)


def files_for(product: Product, member: Any) -> list[DigitalFile]:
    """What `member` may download of a product; nothing of goods."""
    if product.kind != ProductKind.DIGITAL or not may_download(member, product):
        return []
    return list(product.files.order_by("added_at", "id"))


def find_file(product_slug: str, file_id: uuid.UUID, member: Any) -> DigitalFile:
    """A file that `member` may download; what was bought stays open when its product leaves the shop. Raises NotThere."""
    rows = DigitalFile.objects.select_related("product__vendor")
    file = rows.filter(pk=file_id, product__slug=product_slug).first()
    if file is None or not may_download(member, file.product):
        raise NotThere
    return file


def content_of(file: DigitalFile) -> IO[bytes]:
    """The file, opened. Raises NotThere if the storage lost it."""
    try:
        return default_storage.open(file.path, "rb")
    except FileNotFoundError as error:
        raise NotThere from error
