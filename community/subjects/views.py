"""Pages about subjects."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from community.foundation.access import everyone, moderators, signed_in
from community.foundation.guest_cache import cached_for_guests
from community.foundation.paging import keyset
from community.foundation.problems import NotThere, shown_on
from community.subjects import finding, panels, scoring
from community.subjects.creating import create_subject, much_like
from community.subjects.editing import edit_subject, may_edit
from community.subjects.forms import MergeForm, SubjectForm
from community.subjects.merging import merge_subjects
from community.subjects.models import Subject, SubjectKind
from community.subjects.sampling import play_sound, show_picture
from community.uploads.storing import store_sound, store_upload


@everyone
@require_safe
@cached_for_guests
def subjects(request: HttpRequest) -> HttpResponse:
    """Everything the community talks about, by category."""
    words, order = request.GET.get("q", ""), request.GET.get("order", "")
    category, kind = request.GET.get("category", ""), request.GET.get("kind", "")
    rows, by = finding.list_subjects(viewer=request.user, words=words, category=category, kind=kind, order=order)
    page = keyset(rows, order=by, cursor=request.GET.get("cursor"), size=24)
    branches = finding.branches(request.user)
    context = {
        "page": page,
        "branches": branches,
        "here": next((one.category for one in branches if one.category.slug == category), None),
        "words": words,
        "kind": kind,
        "kinds": SubjectKind.choices,
        "order": next(name for name, columns in finding.ORDERS.items() if columns == by),
    }
    return render(request, "community/subjects/subjects/page.html", context)


@everyone
@require_safe
@cached_for_guests
def subject(request: HttpRequest, subject_slug: str) -> HttpResponse:
    """One subject: its score and what every app tells of it."""
    found = finding.find_subject(subject_slug, request.user)
    if found.slug != subject_slug:
        return redirect(found, permanent=True)
    context = {
        "subject": found,
        "why": scoring.explain(found),
        "panels": panels.render(found, request),
        "may_edit": may_edit(request.user, found),
    }
    return render(request, "community/subjects/subject/page.html", context)


@everyone
@require_safe
@cached_for_guests
def why(request: HttpRequest, subject_slug: str) -> HttpResponse:
    """Why the score is what it is: the formula with its inputs, to compute again."""
    found = finding.find_subject(subject_slug, request.user)
    if found.slug != subject_slug:
        return redirect("community_subjects:why", found.slug, permanent=True)
    fragment = bool(request.headers.get("HX-Request"))
    template = "_fragment.html" if fragment else "page.html"
    context = {"subject": found, "why": scoring.explain(found)}
    return render(request, f"community/subjects/why/{template}", context)


@signed_in
def create(request: HttpRequest) -> HttpResponse:
    """Enter a subject; shows what is there already under a similar name before it is made twice."""
    form = SubjectForm(request.POST or None, request.FILES or None, initial={"name": request.GET.get("name", "")})
    similar = []
    if request.method == "POST" and form.is_valid():
        similar = list(much_like(form.cleaned_data["name"], viewer=request.user))
        if not similar or "anyway" in request.POST:
            with shown_on(form):
                made = _with_samples(request, form, lambda said: create_subject(by=request.user, **said))
                messages.success(request, _("It is in. Be the first to review it."))
                return redirect(made)
    return render(request, "community/subjects/create/page.html", {"form": form, "similar": similar})


@transaction.atomic
def _with_samples(request: HttpRequest, form: SubjectForm, act: Callable[[dict[str, Any]], Subject]) -> Subject:
    """Do what the form says; picture and sound, if any were sent, go in with it or not at all."""
    said = dict(form.cleaned_data)
    picture, sound, no_sound = said.pop("picture"), said.pop("sample_sound"), said.pop("no_sound", False)
    subject = act(said)
    if picture is not None:
        upload = store_upload(by=request.user, file=picture, name=picture.name, alt=subject.name)
        subject = show_picture(by=request.user, subject=subject, upload_id=upload.pk)
    if sound is not None:
        upload = store_sound(by=request.user, file=sound, name=sound.name, alt=subject.name)
        subject = play_sound(by=request.user, subject=subject, upload_id=upload.pk)
    elif no_sound:
        subject = play_sound(by=request.user, subject=subject, upload_id=None)
    return subject


@signed_in
def edit(request: HttpRequest, subject_slug: str) -> HttpResponse:
    """Correct what is told of a subject."""
    found = finding.find_subject(subject_slug, request.user)
    if not may_edit(request.user, found):
        raise NotThere
    initial = {"name": found.name, "kind": found.kind, "category": found.category, "summary": found.summary}
    initial["sample_text"] = found.sample_text
    form = SubjectForm(request.POST or None, request.FILES or None, initial=initial, subject=found)
    if request.method == "POST" and form.is_valid():
        with shown_on(form):
            changed = _with_samples(request, form, lambda said: edit_subject(by=request.user, subject=found, **said))
            messages.success(request, _("Your changes are saved."))
            return redirect(changed)
    return render(request, "community/subjects/edit/page.html", {"form": form, "subject": found})


@moderators
def merge(request: HttpRequest, subject_slug: str) -> HttpResponse:
    """Merge this subject into another."""
    found = finding.find_subject(subject_slug, request.user)
    form = MergeForm(request.POST or None, viewer=request.user)
    if request.method == "POST" and form.is_valid():
        with shown_on(form):
            kept = merge_subjects(by=request.user, loser=found, winner=form.cleaned_data["into"])
            messages.success(request, _("Both are one now. The old address leads here."))
            return redirect(kept)
    return render(request, "community/subjects/merge/page.html", {"form": form, "subject": found})
