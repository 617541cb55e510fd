import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from community.boards.models import Topic
from community.boards.views.requests import MemberRequest
from community.foundation.access import signed_in
from community.foundation.problems import Conflict, NotThere, TooMany, shown_on
from community.ideas.answering import answer_idea, answering_teams, may_answer
from community.ideas.forms import AnswerForm
from community.ideas.showing import idea_of
from community.ideas.voting import unvote, vote


@signed_in
@require_POST
def vote_for(request: MemberRequest, topic_id: uuid.UUID) -> HttpResponse:
    """Vote for an idea, or with `take` in the form take the vote back."""
    topic = Topic.objects.get_visible(request.user, topic_id)
    told = ""
    try:
        (unvote if "take" in request.POST else vote)(by=request.user, topic_id=topic_id)
    except (Conflict, TooMany) as problem:
        told = str(problem.detail)
    if not request.htmx:
        if told:
            messages.error(request, told)
        return redirect(topic)
    extra = {"shown": idea_of(topic, request.user), "told": told}
    return render(request, "community/ideas/panel/_panel.html", {"extra": extra})


@signed_in
def answer(request: MemberRequest, topic_id: uuid.UUID) -> HttpResponse:
    """Answer an idea in the name of a team."""
    topic = Topic.objects.get_visible(request.user, topic_id)
    shown = idea_of(topic, request.user)
    if shown is None or not may_answer(request.user, topic):
        raise NotThere
    teams = answering_teams(request.user, topic)
    form = AnswerForm(request.POST or None, teams=teams, initial={"status": shown.idea.status})
    if request.method == "POST" and form.is_valid():
        team = form.teams.get(form.cleaned_data.get("team", ""))
        with shown_on(form):
            data = {name: form.cleaned_data[name] for name in ("status", "answer")}
            answer_idea(by=request.user, topic_id=topic_id, team=team, **data)
            messages.success(request, _("Your answer stands under the idea."))
            return redirect(topic)
    return render(request, "community/ideas/answer/page.html", {"form": form, "topic": topic, "shown": shown})
