from django.core.files.storage import default_storage

from community.outbox.events import Event, handles


@handles("catalog.file_removed")
def delete_file(event: Event) -> None:
    default_storage.delete(event.payload["path"])
