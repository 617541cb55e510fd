"""The notices page, its settings, one-click unsubscribing, announcements."""

import uuid

from allauth.account.models import EmailAddress
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from community.foundation import problems
from community.foundation.access import everyone, signed_in
from community.foundation.problems import NotThere
from community.members.models import TeamMember
from community.members.requests import MemberRequest
from community.notifications import addresses, kinds, listing, preferences, unsubscribing
from community.notifications.forms import SettingsForm
from community.notifications.models import Announcement
from community.notifications.models.wishes import Channel


@signed_in
@require_GET
def index(request: MemberRequest) -> HttpResponse:
    page = listing.page_of_notices(request.user, cursor=request.GET.get("cursor"))
    unread = listing.unread_count(request.user)
    return render(request, "community/notifications/index/page.html", {"page": page, "unread": unread})


@signed_in
@require_GET
def open_notice(request: MemberRequest, notice_id: uuid.UUID) -> HttpResponse:
    return redirect(listing.open_notice(by=request.user, notice_id=notice_id))


@signed_in
@require_POST
def read_all(request: MemberRequest) -> HttpResponse:
    listing.mark_read(by=request.user)
    return redirect("community_notifications:index")


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def settings(request: MemberRequest) -> HttpResponse:
    current = preferences.settings_of(request.user)
    alone = not TeamMember.objects.filter(member=request.user).exists()
    form = SettingsForm(request.POST if request.method == "POST" else None, settings=current, alone=alone)
    if request.method == "POST" and form.is_valid():
        with problems.shown_on(form):
            preferences.change_settings(by=request.user, **form.wished())
            messages.success(request, _("Your choice is kept."))
            return redirect("community_notifications:settings")
    email = EmailAddress.objects.get_primary(request.user)
    returned = bool(email and addresses.stopped([email.email]))
    context = {"form": form, "channels": Channel.labels, "email": email, "returned": returned}
    return render(request, "community/notifications/settings/page.html", context)


@signed_in
@require_POST
def resume(request: MemberRequest) -> HttpResponse:
    email = EmailAddress.objects.get_primary(request.user)
    if email and addresses.resume(address=email.email):
        messages.success(request, _("Letters go to your address again."))
    return redirect("community_notifications:settings")


@everyone
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """RFC 8058: the mail program posts here without a cookie; the token is the right. Opening it changes nothing."""
    _member, kind = unsubscribing.read_token(token)
    if request.method == "POST":
        unsubscribing.unsubscribe(token=token)
    known = kinds.all_kinds().get(kind)
    context = {"title": known.title if known else _("The digest"), "done": request.method == "POST"}
    return render(request, "community/notifications/unsubscribe/page.html", context)


@everyone
@require_GET
def announcement(request: HttpRequest, announcement_id: uuid.UUID) -> HttpResponse:
    found = Announcement.objects.visible_to(request.user).filter(pk=announcement_id).first()
    if found is None:
        raise NotThere
    return render(request, "community/notifications/announcement/page.html", {"announcement": found})
