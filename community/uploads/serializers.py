from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from community.foundation.rest import Body
from community.uploads import conf
from community.uploads.models import Upload


class UploadBody(Body):
    file = serializers.FileField(help_text="JPEG, PNG, GIF or WebP, up to 10 MB and 40 megapixels.")
    alt = serializers.CharField(max_length=conf.ALT_LENGTH, allow_blank=True, required=False, default="")


class DescriptionBody(Body):
    alt = serializers.CharField(max_length=conf.ALT_LENGTH, allow_blank=True)


class ThumbnailReply(serializers.Serializer):
    width = serializers.IntegerField()
    url = serializers.CharField()


class UploadReply(serializers.Serializer):
    id = serializers.CharField(source="pk")
    url = serializers.CharField(source="get_absolute_url")
    alt = serializers.CharField()
    width = serializers.IntegerField()
    height = serializers.IntegerField()
    bytes = serializers.IntegerField()
    thumbnails = serializers.SerializerMethodField()
    created_at = serializers.DateTimeField()

    @extend_schema_field(ThumbnailReply(many=True))
    def get_thumbnails(self, upload: Upload) -> list[dict[str, object]]:
        return [{"width": width, "url": upload.thumbnail_url(width)} for width in upload.thumbnail_widths]
