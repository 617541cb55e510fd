"""Make the archive that a member asked for: a zip of JSON files and of their pictures."""

import json
import tempfile
import zipfile
from uuid import UUID

from django.core.files import File
from django.core.files.storage import default_storage
from django.db import transaction

from community.foundation import clock
from community.foundation.problems import NotThere
from community.members import conf, export
from community.members.errors import ArchiveJustMade
from community.members.models import DataExport, Member
from community.outbox.events import publish

README = """This is everything that the site holds about you, as of the time in about.json.
Each file under data/ is one table; each object in it one row. Pictures are under files/.
"""


@transaction.atomic
def ask_for_export(*, by: Member) -> DataExport:
    """Ask for the archive; a worker makes it. While one is being made, that one is given back.

    Raises ArchiveJustMade (429) within an hour of the last: each one costs a job and is kept for a week.
    """
    Member.objects.select_for_update().get(pk=by.pk)
    waiting = DataExport.objects.filter(member=by, state=DataExport.WAITING).first()
    if waiting is not None:
        return waiting
    moment = clock.now()
    last = DataExport.objects.filter(member=by, asked_at__gt=moment - conf.EXPORT_EVERY).order_by("-asked_at").first()
    if last is not None:
        raise ArchiveJustMade(retry_after=int((last.asked_at + conf.EXPORT_EVERY - moment).total_seconds()) + 1)
    row = DataExport.objects.create(member=by, asked_at=moment)
    publish(topic="export.asked", key=str(by.pk), payload={"export": str(row.pk), "member": str(by.pk)})
    return row


@transaction.atomic
def make_archive(*, export_id: UUID | str) -> DataExport | None:
    """Write the archive of a waiting export; None if it is not waiting any more. May run twice."""
    row = DataExport.objects.select_for_update().filter(pk=export_id, state=DataExport.WAITING).first()
    if row is None:
        return None
    with tempfile.TemporaryFile() as whole:
        _write(row.member, whole)
        row.size = whole.tell()
        whole.seek(0)
        row.file = default_storage.save(f"exports/{row.pk}.zip", File(whole))
    row.state, row.ready_at = DataExport.READY, clock.now()
    row.save(update_fields=["file", "size", "state", "ready_at"])
    publish(topic="export.ready", key=str(row.member_id), payload={"export": str(row.pk), "member": str(row.member_id)})
    return row


def readable(*, by: Member, export_id: UUID | str) -> DataExport:
    """The member's own finished export. Raises NotThere."""
    row = DataExport.objects.filter(member=by, pk=export_id, state=DataExport.READY).first()
    if row is None or not default_storage.exists(row.file):
        raise NotThere
    return row


def forget_old() -> int:
    """Remove archives that were ready a week ago; gives how many."""
    old = DataExport.objects.filter(asked_at__lt=clock.now() - conf.EXPORT_KEPT)
    for row in old:
        if row.file:
            default_storage.delete(row.file)
        row.delete()
    return len(old)


def _write(member: Member, whole) -> None:
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("README.txt", README)
        archive.writestr("about.json", _json({"member": member.username, "made_at": clock.now().isoformat()}))
        for name, found in export.rows(member):
            archive.writestr(f"data/{name}.json", _json(found))
        for name, stored in export.files(member):
            if default_storage.exists(stored):
                with default_storage.open(stored, "rb") as file:
                    archive.writestr(f"files/{name}", file.read())


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1)
