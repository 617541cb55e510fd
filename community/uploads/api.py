from uuid import UUID

from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from community.foundation.problems import NotThere
from community.foundation.rest import Endpoint, gone, page_of, scope
from community.uploads.describing import describe_upload
from community.uploads.models import Upload
from community.uploads.removing import remove_upload
from community.uploads.serializers import DescriptionBody, UploadBody, UploadReply
from community.uploads.storing import store_any


class UploadList(Endpoint):
    access = {"GET": scope("read"), "POST": scope("write")}
    paged = True

    def get_parsers(self) -> list:
        return [MultiPartParser()]

    @extend_schema(operation_id="uploads_list", responses=page_of(UploadReply))
    def get(self, request: Request) -> Response:
        """Your own pictures and sounds, newest first."""
        return self.page(Upload.objects.filter(owner=request.user.pk), order=("-id",), reply=UploadReply)

    @extend_schema(
        operation_id="uploads_create", request={"multipart/form-data": UploadBody}, responses={201: UploadReply}
    )
    def post(self, request: Request) -> Response:
        """Send a picture or a sound. Others see it once something of yours that uses it is published."""
        body = self.body(UploadBody)
        upload = store_any(by=request.user, file=body["file"], name=body["file"].name, alt=body["alt"])
        return self.reply(UploadReply, upload, code=201)


class UploadOne(Endpoint):
    access = {"GET": scope("read"), "PATCH": scope("write"), "DELETE": scope("write")}

    @extend_schema(operation_id="uploads_read", responses=UploadReply)
    def get(self, request: Request, upload_id: UUID) -> Response:
        """One of your pictures or sounds."""
        upload = Upload.objects.filter(owner=request.user.pk, pk=upload_id).first()
        if upload is None:
            raise NotThere
        return self.reply(UploadReply, upload)

    @extend_schema(operation_id="uploads_describe", request=DescriptionBody, responses=UploadReply)
    def patch(self, request: Request, upload_id: UUID) -> Response:
        """Describe it for those who cannot see it."""
        upload = describe_upload(by=request.user, upload_id=upload_id, **self.body(DescriptionBody))
        return self.reply(UploadReply, upload)

    @extend_schema(operation_id="uploads_remove", responses={204: None})
    def delete(self, request: Request, upload_id: UUID) -> Response:
        """Delete it, wherever it is used."""
        if Upload.objects.filter(pk=upload_id, owner=request.user.pk).exists():
            remove_upload(by=request.user, upload_id=upload_id)
        return gone()


urlpatterns = [
    path("uploads/", UploadList.as_view()),
    path("uploads/<uuid:upload_id>/", UploadOne.as_view()),
]
