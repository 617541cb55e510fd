import re
import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from community.boards.models import Topic
from community.boards.views.requests import MemberRequest
from community.foundation.access import everyone, signed_in
from community.foundation.paging import keyset
from community.foundation.problems import Conflict, Invalid, NotThere, TooMany
from community.polls.closing import close_poll
from community.polls.models import PollKind
from community.polls.standings import Standing, runoff_of, standing_of, voters_of
from community.polls.voting import cast_ballot, withdraw_ballot


@everyone
@require_GET
def detail(request: HttpRequest, topic_id: uuid.UUID) -> HttpResponse:
    """The poll on a page of its own: how it is counted, every round, and who voted where that is open."""
    topic, standing = _standing(request.user, topic_id)
    voters = None
    if standing.poll.voters_shown and standing.shown:
        voters = keyset(voters_of(standing, request.user), order=("id",), cursor=request.GET.get("cursor"))
    texts = {row.option.pk: row.option.text for row in standing.options}
    rows = [(ballot, [texts[key] for key in ballot.choices if key in texts]) for ballot in voters or []]
    context = {"topic": topic, "extra": _extra(topic, standing), "voters": voters, "voter_rows": rows}
    return render(request, "community/polls/detail/page.html", context)


@signed_in
@require_POST
def vote(request: MemberRequest, topic_id: uuid.UUID) -> HttpResponse:
    topic, standing = _standing(request.user, topic_id)
    return _done(
        request, topic, lambda: cast_ballot(by=request.user, topic_id=topic_id, choices=_chosen(request, standing))
    )


@signed_in
@require_POST
def withdraw(request: MemberRequest, topic_id: uuid.UUID) -> HttpResponse:
    topic, _shown = _standing(request.user, topic_id)
    return _done(request, topic, lambda: withdraw_ballot(by=request.user, topic_id=topic_id))


@signed_in
@require_POST
def close(request: MemberRequest, topic_id: uuid.UUID) -> HttpResponse:
    topic, _shown = _standing(request.user, topic_id)
    return _done(request, topic, lambda: close_poll(by=request.user, topic_id=topic_id))


def _done(request: MemberRequest, topic: Topic, act: Any) -> HttpResponse:
    """Do it, then show the poll as it stands; a refusal is told above it."""
    told = ""
    try:
        act()
    except (Invalid, Conflict, TooMany) as problem:
        told = str(problem.detail)
    if request.htmx:
        _topic, standing = _standing(request.user, topic.pk)
        context = {"extra": {**_extra(topic, standing), "told": told}}
        return render(request, "community/polls/panel/_panel.html", context)
    if told:
        messages.error(request, told)
    else:
        messages.success(request, _("Done. The poll below shows it."))
    return redirect(topic)


def _standing(member: Any, topic_id: uuid.UUID) -> tuple[Topic, Standing]:
    topic = Topic.objects.get_visible(member, topic_id)
    standing = standing_of(topic, member)
    if standing is None:
        raise NotThere
    return topic, standing


def _extra(topic: Topic, standing: Standing) -> dict[str, Any]:
    runoff = runoff_of(standing)
    answers = [row.option for row in standing.options]
    rounds = [
        {"text": answer.text, "votes": [past.counts.get(answer) for past in runoff.rounds]}
        for answer in answers
        if runoff
    ]
    return {"standing": standing, "runoff": runoff, "topic": topic, "rounds_by_answer": rounds}


_PLACE = re.compile("[0-9]{1,4}")


def _chosen(request: HttpRequest, standing: Standing) -> list[uuid.UUID]:
    """The answers that the form names: `choice` values, or for a ranked poll a place for each, `place-<id>`."""
    options = {str(row.option.pk): row.option.pk for row in standing.options}
    if standing.poll.kind != PollKind.RANKED:
        return [options[key] for key in request.POST.getlist("choice")[: len(options)] if key in options]
    places = {pk: request.POST.get(f"place-{key}", "") for key, pk in options.items()}
    given = sorted((int(place), pk) for pk, place in places.items() if _PLACE.fullmatch(place))
    if len({place for place, _pk in given}) != len(given):
        raise Invalid(_("Give each place to one answer only."))
    return [pk for _place, pk in given]
