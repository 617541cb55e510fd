"""What this app tells the registries of the lower ones."""

from collections.abc import Mapping

from django.db.models import Aggregate, Count, OuterRef, Subquery, Sum

from community.foundation import counters, markdown
from community.uploads import conf
from community.uploads.models import Upload


def register_all() -> None:
    markdown.register_resolver("upload", _found)
    counters.register("community_uploads.Usage", "pictures", _of_owner(Count("pk")))
    counters.register("community_uploads.Usage", "bytes", _of_owner(Sum("bytes")))


def _found(ids: frozenset[str]) -> Mapping[str, markdown.Found]:
    """How a text shows these pictures; whether a reader may see them is asked when they are fetched."""
    return {str(upload.pk): _shown(upload) for upload in Upload.objects.pictures().filter(pk__in=ids)}


def _shown(upload: Upload) -> markdown.Found:
    whole, high = upload.width or 1, upload.height or 1  # a picture has both: uploads_upload_measured_if_a_picture
    width = min(whole, conf.READING_WIDTH)
    height = max(1, round(high * width / whole))
    return markdown.Found(url=upload.thumbnail_url(conf.READING_WIDTH), width=width, height=height)


def _of_owner(total: Aggregate) -> Subquery:
    uploads = Upload.objects.filter(owner=OuterRef("pk")).order_by()
    return Subquery(uploads.values("owner").annotate(total=total).values("total"))
