"""Pages about reviews."""

import csv
import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from community.foundation.access import everyone, signed_in
from community.foundation.guest_cache import cached_for_guests
from community.foundation.paging import keyset
from community.foundation.problems import NotThere, shown_on
from community.reviews import exporting, looking, ordering, panels, reading, replying
from community.reviews.editing import edit_review
from community.reviews.errors import NotSteward
from community.reviews.forms import RatingForm, ReplyForm, ReviewForm
from community.reviews.models import MOST_PHOTOS, RATINGS
from community.reviews.publishing import publish_review, rate
from community.reviews.receiving import receive_photos
from community.reviews.related import related_to
from community.reviews.removing import remove_review, restore_review
from community.reviews.voting import vote_helpful, withdraw_vote
from community.subjects.finding import find_subject
from community.subjects.scoring import explain


@everyone
@require_safe
@cached_for_guests
def reviews(request: HttpRequest, subject_slug: str) -> HttpResponse:
    """All reviews of a subject: filtered, ordered, paged; as a fragment for htmx."""
    subject = find_subject(subject_slug, request.user)
    if subject.slug != subject_slug:
        return redirect("community_reviews:reviews", subject.slug, permanent=True)
    choice = reading.chosen(request.GET.dict())
    order = request.GET.get("order") or "helpful"
    rows = reading.reviews_of(subject, request.user, choice)
    page = ordering.page_of_reviews(rows, order=order, cursor=request.GET.get("cursor"))
    context = {
        "subject": subject,
        "page": page,
        "choice": choice,
        "order": order,
        "orders": panels.order_names(),
        "ratings": RATINGS,
        "photos": looking.strip(subject, request.user),
    }
    template = "_list.html" if request.headers.get("HX-Request") else "page.html"
    return render(request, f"community/reviews/reviews/{template}", context)


@everyone
@require_safe
@cached_for_guests
def related(request: HttpRequest, subject_slug: str) -> HttpResponse:
    """What those who liked this also liked."""
    subject = find_subject(subject_slug, request.user)
    context = {"subject": subject, "related": related_to(subject, request.user)}
    template = "_fragment.html" if request.headers.get("HX-Request") else "page.html"
    return render(request, f"community/reviews/related/{template}", context)


@everyone
@require_safe
def ratings_csv(request: HttpRequest, subject_slug: str) -> StreamingHttpResponse:
    """Every rating of a subject, to compute the score again."""
    subject = find_subject(subject_slug, request.user)
    writer = csv.writer(exporting.Echo())
    lines = (writer.writerow(row) for row in exporting.rows(subject))
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="ratings.csv"'
    return response


@everyone
@require_safe
def ratings_json(request: HttpRequest, subject_slug: str) -> HttpResponse:
    """The same with the formula and its inputs."""
    subject = find_subject(subject_slug, request.user)
    return JsonResponse(exporting.document(subject, explain(subject)))


@everyone
@require_safe
@cached_for_guests
def review(request: HttpRequest, review_id: uuid.UUID) -> HttpResponse:
    """One review by itself."""
    found = reading.find_review(review_id, request.user)
    context = {"review": found, "subject": found.subject, "may_reply": _may_reply(request, found)}
    return render(request, "community/reviews/review/page.html", context)


def _may_reply(request: HttpRequest, found: Any) -> bool:
    if not request.user.is_authenticated:
        return False
    try:
        return bool(replying.team_for(request.user, found))
    except NotSteward:
        return False


@signed_in
def write(request: HttpRequest, subject_slug: str) -> HttpResponse:
    """Write a review, or change one's own."""
    subject = find_subject(subject_slug, request.user)
    own = reading.own_review(subject, request.user)
    form = _review_form(request, subject=subject, member=request.user, review=own)
    if request.method == "POST" and form.is_valid():
        with shown_on(form):
            if own is None or not own.source:
                publish_review(by=request.user, subject=subject, **form.said())
                messages.success(request, _("Your review is published. Thank you."))
            else:
                edit_review(by=request.user, review=own, **form.said())
                messages.success(request, _("Your review is changed; what it said before stays readable."))
            return redirect(subject)
    context = {"form": form, "subject": subject, "own": own}
    return render(request, "community/reviews/write/page.html", context)


def _review_form(request: HttpRequest, **about: Any) -> ReviewForm:
    if request.method != "POST":
        return ReviewForm(initial={"rating": request.GET.get("rating")}, **about)
    files, ticked = request.FILES.getlist("new_photos"), request.POST.getlist("photos")
    room = max(0, MOST_PHOTOS - len(ticked))
    received = receive_photos(by=request.user, files=files, alt=request.POST.get("alt", ""), room=room)
    return ReviewForm.sent(request.POST, received, **about)


@everyone
@require_safe
@cached_for_guests
def photos(request: HttpRequest, subject_slug: str) -> HttpResponse:
    """All photos of a subject's reviews, the newest first."""
    subject = find_subject(subject_slug, request.user)
    if subject.slug != subject_slug:
        return redirect("community_reviews:photos", subject.slug, permanent=True)
    page = keyset(looking.photos_of(subject, request.user), order=("-id",), cursor=request.GET.get("cursor"), size=48)
    return render(request, "community/reviews/photos/page.html", {"subject": subject, "page": page})


@everyone
@require_safe
@cached_for_guests
def photo(request: HttpRequest, review_id: uuid.UUID, position: int) -> HttpResponse:
    """One photo, large, with the ways to the next and the one before it."""
    found = looking.find_photo(review_id, position, request.user)
    before, after = looking.neighbours(found, request.user)
    context = {
        "photo": found,
        "review": found.review,
        "subject": found.review.subject,
        "before": before,
        "after": after,
    }
    return render(request, "community/reviews/photo/page.html", context)


@signed_in
@require_POST
def set_rating(request: HttpRequest, subject_slug: str) -> HttpResponse:
    """Give a rating alone, by one press."""
    subject = find_subject(subject_slug, request.user)
    form = RatingForm(request.POST)
    if form.is_valid():
        with shown_on(form):
            rate(by=request.user, subject=subject, score=form.cleaned_data["score"])
    problem = getattr(form, "problem", None)
    if request.headers.get("HX-Request"):
        own = reading.own_review(subject, request.user)
        context = {"subject": subject, "own": own, "ratings": RATINGS, "problem": problem, "done": not form.errors}
        return render(request, "community/reviews/subject/_rate.html", context)
    if problem:
        messages.error(request, str(problem.detail))
    return redirect(subject)


@signed_in
@require_POST
def helpful(request: HttpRequest, review_id: uuid.UUID) -> HttpResponse:
    """Say whether a review helped; the same button again takes it back."""
    found = reading.find_review(review_id, request.user)
    wanted = request.POST.get("helpful")
    if wanted == "withdraw":
        withdraw_vote(by=request.user, review=found)
    else:
        vote_helpful(by=request.user, review=found, helpful=wanted != "no")
    if request.headers.get("HX-Request"):
        context = {"review": reading.find_review(review_id, request.user)}
        return render(request, "community/reviews/review/_votes.html", context)
    return redirect(found)


@signed_in
def remove(request: HttpRequest, review_id: uuid.UUID) -> HttpResponse:
    """Take one's own review down, after a question in words."""
    found = reading.find_review(review_id, request.user)
    if found.author_id != request.user.pk:
        raise NotThere
    if request.method == "POST":
        remove_review(target=found, by=request.user)
        messages.success(request, _("Your review is taken down. You can bring it back at any time."))
        return redirect(found)
    return render(request, "community/reviews/remove/page.html", {"review": found, "subject": found.subject})


@signed_in
@require_POST
def restore(request: HttpRequest, review_id: uuid.UUID) -> HttpResponse:
    """Bring one's own review back."""
    found = reading.find_review(review_id, request.user)
    restore_review(target=found, by=request.user)
    messages.success(request, _("Your review is back."))
    return redirect(found)


@everyone
@require_safe
def history(request: HttpRequest, review_id: uuid.UUID) -> HttpResponse:
    """What a review said before."""
    found = reading.find_review(review_id, request.user)
    context = {"review": found, "subject": found.subject, "revisions": found.revisions.all()[:100]}
    return render(request, "community/reviews/history/page.html", context)


@signed_in
def reply(request: HttpRequest, review_id: uuid.UUID) -> HttpResponse:
    """Answer a review for a team that stands for its subject."""
    found = reading.find_review(review_id, request.user)
    team = replying.team_for(request.user, found)
    known = next((one for one in found.replies.all() if one.team_id == team.pk), None)
    form = ReplyForm(request.POST or None, initial={"body": known.source if known else ""})
    if request.method == "POST" and form.is_valid():
        with shown_on(form):
            replying.reply_to_review(by=request.user, review=found, source=form.cleaned_data["body"], team=team)
            messages.success(request, _("Your answer is published below the review."))
            return redirect(found)
    context = {"form": form, "review": found, "subject": found.subject, "team": team}
    return render(request, "community/reviews/reply/page.html", context)
