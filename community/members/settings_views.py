"""The settings pages: profile, security, tokens, data."""

import uuid
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from community.foundation.access import signed_in
from community.foundation.problems import shown_on
from community.members import (
    devices,
    erasure,
    export,
    exporting,
    joining,
    leaving,
    naming,
    picturing,
    profiling,
    sections,
    tokens,
)
from community.members.downloads import archive_response
from community.members.errors import ArchiveJustMade
from community.members.forms import LeaveForm, NameForm, PictureForm, ProfileForm, TokenForm
from community.members.models import DataExport, PersonalToken
from community.members.requests import MemberRequest

PROFILE_FIELDS = ("display_name", "bio", "language", "time_zone", "profile_open")


def settings_page(
    request: HttpRequest, template: str, section: str, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    """Render a settings page with the list of sections beside it."""
    context = {"sections": sections.all_sections(), "section": section, **context}
    return render(request, template, context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def profile(request: MemberRequest) -> HttpResponse:
    member = request.user
    form = ProfileForm(
        request.POST if request.method == "POST" else None,
        initial={name: getattr(member, name) for name in PROFILE_FIELDS},
    )
    if request.method == "POST" and form.is_valid():
        with shown_on(form):
            changed = profiling.change_profile(by=member, **form.cleaned_data)
            with override(changed.language or None):
                messages.success(request, _("Your profile is saved."))
            return redirect("community_members:settings")
    context = {
        "form": form,
        "picture_form": PictureForm(),
        "name_form": NameForm(initial={"username": member.username}),
    }
    return settings_page(request, "community/members/settings/profile/page.html", "profile", context)


@require_POST
@signed_in
def picture(request: MemberRequest) -> HttpResponse:
    if request.POST.get("remove"):
        picturing.remove_picture(by=request.user)
        return redirect("community_members:settings")
    form = PictureForm(request.POST, request.FILES)
    if form.is_valid():
        with shown_on(form):
            picturing.set_picture(by=request.user, file=form.cleaned_data["picture"])
            messages.success(request, _("Your picture is saved."))
            return redirect("community_members:settings")
    return _profile_again(request, picture_form=form)


@require_POST
@signed_in
def name(request: MemberRequest) -> HttpResponse:
    form = NameForm(request.POST)
    if form.is_valid():
        with shown_on(form):
            renamed = naming.rename(by=request.user, member=request.user, username=form.cleaned_data["username"])
            messages.success(request, _("You are now @%(name)s. Old links lead to you.") % {"name": renamed.username})
            return redirect("community_members:settings")
    return _profile_again(request, name_form=form)


def _profile_again(request: MemberRequest, **forms: Any) -> HttpResponse:
    initial = {field: getattr(request.user, field) for field in PROFILE_FIELDS}
    context = {"form": ProfileForm(initial=initial), "picture_form": PictureForm(), **forms}
    context.setdefault("name_form", NameForm(initial={"username": request.user.username}))
    return settings_page(request, "community/members/settings/profile/page.html", "profile", context)


@require_safe
@signed_in
def security(request: MemberRequest) -> HttpResponse:
    context = {"providers": bool(settings.SOCIALACCOUNT_PROVIDERS)}
    return settings_page(request, "community/members/settings/security/page.html", "security", context)


@require_POST
@signed_in
def device_end(request: MemberRequest, session_id: int) -> HttpResponse:
    """Log one device out; the list itself is allauth's page."""
    devices.end(by=request.user, session_id=session_id)
    messages.success(request, _("That device is logged out."))
    return redirect("usersessions_list")


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def token_list(request: MemberRequest) -> HttpResponse:
    """Names and endings of tokens; a new one's secret is shown once, on the answer to its form."""
    form, made = TokenForm(request.POST if request.method == "POST" else None, member=request.user), None
    if request.method == "POST" and form.is_valid():
        with shown_on(form):
            made = tokens.create_token(by=request.user, **form.cleaned_data)
            form = TokenForm(member=request.user)
    rows = PersonalToken.objects.filter(member=request.user).select_related("access_token").order_by("-created_at")
    context = {"form": form, "made": made, "tokens": rows}
    response = settings_page(request, "community/members/settings/tokens/page.html", "tokens", context)
    response["Cache-Control"] = "private, no-store"
    return response


@require_POST
@signed_in
def token_delete(request: MemberRequest, token_id: uuid.UUID) -> HttpResponse:
    tokens.delete_token(by=request.user, token_id=token_id)
    messages.success(request, _("The token is deleted. Whoever used it is logged out."))
    return redirect("community_members:tokens")


@require_safe
@signed_in
def data(request: MemberRequest) -> HttpResponse:
    context = {
        "exports": DataExport.objects.filter(member=request.user).order_by("-asked_at")[:10],
        "left_out": {str(part.why) for part in export.left_out()},
        "kept": {str(why) for why in erasure.kept().values()},
    }
    return settings_page(request, "community/members/settings/data/page.html", "data", context)


@require_POST
@signed_in
def data_export(request: MemberRequest) -> HttpResponse:
    try:
        exporting.ask_for_export(by=request.user)
        messages.success(request, _("We are packing your data. Come back here in a few minutes to take it along."))
    except ArchiveJustMade as problem:
        messages.error(request, str(problem.detail))
    return redirect("community_members:data")


@require_safe
@signed_in
def data_file(request: MemberRequest, export_id: uuid.UUID) -> FileResponse:
    return archive_response(exporting.readable(by=request.user, export_id=export_id))


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def leave(request: MemberRequest) -> HttpResponse:
    form = LeaveForm(request.POST if request.method == "POST" else None, member=request.user)
    if request.method == "POST" and form.is_valid():
        with shown_on(form):
            leaving.ask_for_erasure(by=request.user)
            logout(request)
            messages.success(request, _("Your account is closed and is being erased. Thank you for having been here."))
            return redirect("/")
    kept = {str(why) for why in erasure.kept().values()}
    return settings_page(request, "community/members/settings/leave/page.html", "data", {"form": form, "kept": kept})


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def documents(request: MemberRequest) -> HttpResponse:
    """Which versions of terms and privacy statement one accepted; accepting the present ones."""
    if request.method == "POST":
        joining.accept_documents(by=request.user)
        messages.success(request, _("Thank you. You accepted the present versions."))
        return redirect("community_members:documents")
    context = {
        "accepted": request.user.acceptances.order_by("-accepted_at"),
        "up_to_date": joining.has_accepted(request.user),
        "current": joining.current_documents(),
    }
    return settings_page(request, "community/members/settings/documents/page.html", "documents", context)
