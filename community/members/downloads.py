"""Hand a finished archive to its member."""

from django.core.files.storage import default_storage
from django.http import FileResponse

from community.members.models import DataExport


def archive_response(row: DataExport) -> FileResponse:
    """The zip, to be saved and never kept by anyone between."""
    name = f"madang-{row.member.username}-{row.asked_at:%Y%m%d}.zip"
    response = FileResponse(default_storage.open(row.file, "rb"), as_attachment=True, filename=name)
    response["Cache-Control"] = "private, no-store"
    return response
