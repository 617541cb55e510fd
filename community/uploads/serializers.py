from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from community.foundation.rest import Body
from community.uploads import conf
from community.uploads.models import Upload


class UploadBody(Body):
    file = serializers.FileField(
        help_text="A picture (JPEG, PNG, GIF or WebP, up to 40 megapixels) or a sound (MP3, M4A, Ogg or WAV), up to 10 MB."
    )
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
    media_type = serializers.CharField(help_text="image/webp, or the kind of a sound.")
    width = serializers.IntegerField(allow_null=True, help_text="In pixels; null for a sound.")
    height = serializers.IntegerField(allow_null=True, help_text="In pixels; null for a sound.")
    bytes = serializers.IntegerField()
    thumbnails = serializers.SerializerMethodField()
    created_at = serializers.DateTimeField()

    @extend_schema_field(ThumbnailReply(many=True))
    def get_thumbnails(self, upload: Upload) -> list[dict[str, object]]:
        return [{"width": width, "url": upload.thumbnail_url(width)} for width in upload.thumbnail_widths]
