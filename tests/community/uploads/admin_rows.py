"""Rows for the admin pages of this app."""

from tests.admin.rows import rows
from tests.factories.uploads import an_upload


@rows("community_uploads.Upload", "community_uploads.Usage")
def _upload() -> None:
    an_upload(size=(40, 30))
