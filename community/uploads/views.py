import uuid

from django.conf import settings
from django.contrib import messages
from django.core.files.storage import default_storage
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from community.foundation.access import everyone, signed_in
from community.foundation.paging import keyset
from community.foundation.problems import NotThere, shown_on
from community.uploads import conf
from community.uploads.describing import describe_upload
from community.uploads.forms import DescriptionForm, UploadForm
from community.uploads.models import Upload, Usage
from community.uploads.removing import remove_upload
from community.uploads.requests import MemberRequest
from community.uploads.storing import store_upload


@signed_in
def mine(request: MemberRequest) -> HttpResponse:
    """The member's own pictures: send, describe, delete."""
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        with shown_on(form):
            file = form.cleaned_data["file"]
            store_upload(by=request.user, file=file, name=file.name, alt=form.cleaned_data["alt"])
            messages.success(request, _("Your picture is in. Copy its line into a post."))
            return redirect("community_uploads:mine")
    own = Upload.objects.filter(owner=request.user).prefetch_related("bindings")
    usage = Usage.objects.filter(member=request.user).first() or Usage()
    context = {
        "form": form,
        "page": keyset(own, order=("-id",), cursor=request.GET.get("cursor")),
        "usage": usage,
        "quota": conf.quota_bytes(request.user.trust_level),
    }
    return render(request, "community/uploads/mine/page.html", context)


@everyone
@require_GET
def show(request: HttpRequest, upload_id: uuid.UUID) -> HttpResponse | FileResponse:
    """The picture itself, for those who may see a text that uses it."""
    return _served(request, upload_id)


@everyone
@require_GET
def thumbnail(request: HttpRequest, upload_id: uuid.UUID, width: int) -> HttpResponse | FileResponse:
    """A narrower version; the picture itself while the worker has not made it yet."""
    if width not in conf.THUMBNAIL_WIDTHS:
        raise NotThere
    return _served(request, upload_id, width)


def _served(request: HttpRequest, upload_id: uuid.UUID, width: int | None = None) -> HttpResponse | FileResponse:
    """Asked anew at every use (`no-cache` with an ETag), so that nothing is shown once its text is hidden."""
    upload = Upload.objects.visible_to(request.user).filter(pk=upload_id).first()
    if upload is None:
        raise NotThere
    path = upload.path(width)
    tag = f'"{upload.pk.hex}-{path.rsplit("/", 1)[1]}"'
    response: HttpResponse | FileResponse
    if request.headers.get("If-None-Match") == tag:
        response = HttpResponse(status=304)
    elif settings.ACCEL_PREFIX:
        response = HttpResponse(content_type="image/webp", headers={"X-Accel-Redirect": settings.ACCEL_PREFIX + path})
    else:
        try:
            response = FileResponse(default_storage.open(path), content_type="image/webp")
        except FileNotFoundError as error:
            raise NotThere from error
    name = (upload.name.rsplit(".", 1)[0] or "picture") + ".webp"
    response["Content-Disposition"] = content_disposition_header(False, name) or "inline"
    response["ETag"] = tag
    response["Cache-Control"] = "private, no-cache"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


@signed_in
@require_POST
def describe(request: MemberRequest, upload_id: uuid.UUID) -> HttpResponse:
    form = DescriptionForm(request.POST)
    if form.is_valid():
        describe_upload(by=request.user, upload_id=upload_id, alt=form.cleaned_data["alt"])
        messages.success(request, _("The description is saved."))
    else:
        messages.error(request, _("A description has at most 300 characters."))
    return redirect("community_uploads:mine")


@signed_in
def remove(request: MemberRequest, upload_id: uuid.UUID) -> HttpResponse:
    """Asks once, in words, before a picture goes."""
    if request.method == "POST":
        remove_upload(by=request.user, upload_id=upload_id)
        messages.success(request, _("The picture is deleted."))
        return redirect("community_uploads:mine")
    upload = Upload.objects.filter(owner=request.user, pk=upload_id).prefetch_related("bindings").first()
    if upload is None:
        raise NotThere
    return render(request, "community/uploads/remove/page.html", {"upload": upload})
