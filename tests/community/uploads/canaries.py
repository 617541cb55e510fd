"""A picture that no text shows is its owner's alone."""

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from community.foundation import clock
from community.uploads.models import Upload
from tests.factories.uploads import a_file
from tests.leak.world import World


def plant(world: World) -> None:
    upload = Upload.objects.create(
        owner=world.author, name=world.secret("picture's name"), width=900, height=600, bytes=1, created_at=clock.now()
    )
    default_storage.save(upload.path(), ContentFile(a_file(size=(8, 8), format="WEBP").read()))
    world.route(upload_id=upload.pk, width=320)
