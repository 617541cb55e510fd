"""Pages of score cards and ranked lists."""

import io

import segno
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from community.foundation.access import everyone, signed_in
from community.foundation.addresses import absolute
from community.foundation.guest_cache import cached_for_guests
from community.foundation.paging import keyset
from community.foundation.problems import NotThere, Problem, shown_on
from community.reviews.models import RATINGS
from community.scorecards import reading
from community.scorecards.forms import RankedListForm, ScoreCardForm
from community.scorecards.listing import change_list, delete_list, make_list
from community.scorecards.making import make_card
from community.scorecards.scoring import score_card as fill_in


@everyone
@require_safe
@cached_for_guests
def score_cards(request: HttpRequest) -> HttpResponse:
    """Score cards, newest first."""
    page = keyset(reading.cards(request.user), order=("-created_at",), cursor=request.GET.get("cursor"))
    return render(request, "community/scorecards/score_cards/page.html", {"page": page})


@everyone
@require_safe
def score_card(request: HttpRequest, slug: str) -> HttpResponse:
    """A card to fill in, by thumb or with the keys 1 to 5."""
    card = reading.find_card(slug, request.user)
    now = reading.own_scores(card, request.user)
    lines = [(line, now.get(line.subject_id)) for line in card.lines.all()]
    context = {"card": card, "lines": lines, "ratings": RATINGS}
    return render(request, "community/scorecards/score_card/page.html", context)


@signed_in
@require_POST
def score(request: HttpRequest, slug: str) -> HttpResponse:
    """Take the scores of a card: fields "score-<address>"."""
    card = reading.find_card(slug, request.user)
    given = {
        name.removeprefix("score-"): int(value)
        for name, value in request.POST.items()
        if name.startswith("score-") and value in {"1", "2", "3", "4", "5"}
    }
    try:
        fill_in(by=request.user, card=card, scores=given)
    except Problem as problem:
        if problem.status in {403, 404}:
            raise
        messages.error(request, str(problem.detail))
    else:
        messages.success(request, _("Your scores are in. Thank you; you can change them at any time."))
    return redirect(card)


@everyone
@require_safe
def qr(request: HttpRequest, slug: str) -> HttpResponse:
    """The code that leads to the card, for a counter or a shelf."""
    card = reading.find_card(slug, request.user)
    drawn = io.BytesIO()
    segno.make(absolute(card.get_absolute_url()), error="m").save(drawn, kind="svg", scale=6, border=2)
    return HttpResponse(drawn.getvalue(), content_type="image/svg+xml")


@signed_in
def make_score_card(request: HttpRequest) -> HttpResponse:
    """Make a score card."""
    form = ScoreCardForm(request.POST or None, initial={"subjects": request.GET.get("subjects", "")})
    if request.method == "POST" and form.is_valid():
        with shown_on(form):
            slugs = [slug for slug, _note in form.cleaned_data["subjects"]]
            card = make_card(by=request.user, title=form.cleaned_data["title"], subjects=slugs)
            return redirect(card)
    return render(request, "community/scorecards/make_score_card/page.html", {"form": form})


@everyone
@require_safe
@cached_for_guests
def ranked_lists(request: HttpRequest) -> HttpResponse:
    """Members' ranked lists, last changed first."""
    page = keyset(reading.lists(request.user), order=("-updated_at",), cursor=request.GET.get("cursor"))
    return render(request, "community/scorecards/ranked_lists/page.html", {"page": page})


@everyone
@require_safe
def ranked_list(request: HttpRequest, slug: str) -> HttpResponse:
    """One list."""
    context = {"ranked_list": reading.find_list(slug, request.user)}
    return render(request, "community/scorecards/ranked_list/page.html", context)


@signed_in
def make_ranked_list(request: HttpRequest) -> HttpResponse:
    """Make a list."""
    form = RankedListForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with shown_on(form):
            return redirect(make_list(by=request.user, **form.said()))
    return render(request, "community/scorecards/edit_ranked_list/page.html", {"form": form})


@signed_in
def edit_ranked_list(request: HttpRequest, slug: str) -> HttpResponse:
    """Change one's list."""
    found = reading.find_list(slug, request.user)
    if found.owner_id != request.user.pk:
        raise NotThere
    initial = {
        "title": found.title,
        "introduction": found.introduction,
        "public": found.public,
        "subjects": [(line.subject.slug, line.note) for line in found.lines.all()],
    }
    form = RankedListForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        with shown_on(form):
            return redirect(change_list(by=request.user, ranked_list=found, **form.said()))
    return render(request, "community/scorecards/edit_ranked_list/page.html", {"form": form, "ranked_list": found})


@signed_in
def delete_ranked_list(request: HttpRequest, slug: str) -> HttpResponse:
    """Delete one's list, after a question in words."""
    found = reading.find_list(slug, request.user)
    if found.owner_id != request.user.pk:
        raise NotThere
    if request.method == "POST":
        delete_list(by=request.user, ranked_list=found)
        messages.success(request, _("Your list is deleted."))
        return redirect("community_scorecards:ranked_lists")
    return render(request, "community/scorecards/delete_ranked_list/page.html", {"ranked_list": found})
