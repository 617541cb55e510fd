import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
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
from community.uploads.serving import serve
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
def show(request: HttpRequest, upload_id: uuid.UUID) -> HttpResponseBase:
    """The picture or sound itself, for those who may see a text that uses it."""
    return serve(request, upload_id)


@everyone
@require_GET
def thumbnail(request: HttpRequest, upload_id: uuid.UUID, width: int) -> HttpResponseBase:
    """A narrower version; the picture itself while the worker has not made it yet."""
    if width not in conf.THUMBNAIL_WIDTHS:
        raise NotThere
    return serve(request, upload_id, width)


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
