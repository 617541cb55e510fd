"""A vendor's row for each of this app's pages of the desk."""

import io
from typing import Any

from commerce.catalog import downloading
from tests.admin.desk_rows import desk_rows
from tests.factories.catalog import a_picture, a_product, seller_of
from tests.factories.uploads import an_upload


@desk_rows("commerce_catalog.Product")
def _product(vendor: Any, word: str) -> Any:
    return a_product(word, vendor=vendor)


@desk_rows("commerce_catalog.Variant")
def _variant(vendor: Any, word: str) -> Any:
    return a_product(word, vendor=vendor).variants.get()


@desk_rows("commerce_catalog.Picture")
def _picture(vendor: Any, word: str) -> Any:
    return a_picture(a_product(word, vendor=vendor), an_upload(owner=seller_of(vendor)), alt=word)


@desk_rows("commerce_catalog.DigitalFile")
def _file(vendor: Any, word: str) -> Any:
    product = a_product(word, vendor=vendor, kind="digital")
    return downloading.add_file(
        by=seller_of(vendor), product=product, file=io.BytesIO(b"for buyers"), name=f"{word}.pdf", size=10
    )
