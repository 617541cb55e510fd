from django.core.files.storage import default_storage

from community.outbox.events import Event, handles
from community.uploads.removing import remove_all_of
from community.uploads.thumbnailing import make_thumbnails


@handles("upload.stored")
def make_smaller_versions(event: Event) -> None:
    make_thumbnails(upload_id=event.payload["upload"])


@handles("upload.removed")
def delete_files(event: Event) -> None:
    for path in event.payload["files"]:
        default_storage.delete(path)


@handles("member.erased")
def remove_pictures_of_erased(event: Event) -> None:
    remove_all_of(member_id=event.payload["member"])
