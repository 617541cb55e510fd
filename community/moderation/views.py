"""Flag, work on the queue, read and answer decisions, the public log."""

import datetime as dt
import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from community.foundation import clock, paging, problems, targets
from community.foundation.access import everyone, moderators, operators, signed_in
from community.foundation.problems import NotThere
from community.members.requests import MemberRequest
from community.moderation import appealing, deciding, flagging, queue, sanctioning
from community.moderation.forms import (
    OUTCOMES_OF_OPEN,
    AppealAnswerForm,
    AppealForm,
    DecisionForm,
    FlagForm,
    SanctionForm,
)
from community.moderation.models import Case, Decision, Entry, Flag, Outcome, Sanction

READ_AND_WRITE = ["GET", "HEAD", "POST"]


@signed_in
@require_http_methods(READ_AND_WRITE)
def flag(request: MemberRequest, kind: str, target_id: uuid.UUID) -> HttpResponse:
    """The page to flag anything that can be flagged."""
    target = targets.find(kind=kind, id=target_id, member=request.user)
    known = targets.kinds()[kind]
    if known.hide is None:
        raise NotThere
    form = FlagForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with problems.shown_on(form):
            flagging.flag(by=request.user, kind=kind, target_id=target_id, **form.cleaned_data)
            messages.success(request, _("Thank you. A moderator will look at it, and you will hear what became of it."))
            return redirect(known.url(target))
    context = {"form": form, "title": known.title(target), "back": known.url(target)}
    return render(request, "community/moderation/flag/page.html", context)


@signed_in
@require_GET
def my_flags(request: MemberRequest) -> HttpResponse:
    mine = Flag.objects.filter(member=request.user).select_related("case").prefetch_related("case__decisions")
    page = paging.keyset(mine, order=("-id",), cursor=request.GET.get("cursor"))
    return render(request, "community/moderation/my_flags/page.html", {"page": page})


@moderators
@require_GET
def index(request: MemberRequest) -> HttpResponse:
    state = Case.State.DECIDED if request.GET.get("state") == "decided" else Case.State.OPEN
    rows = queue.cases_for(request.user, state=state)
    order = ("-decided_at", "-id") if state == Case.State.DECIDED else ("opened_at", "id")
    page = paging.keyset(rows, order=order, cursor=request.GET.get("cursor"))
    context = {"page": page, "state": state, "waiting": queue.waiting(request.user), "now": clock.now()}
    return render(request, "community/moderation/queue/page.html", context)


def _case(request: MemberRequest, case_id: uuid.UUID) -> Case:
    shown = Case.objects.visible_to(request.user).select_related("board", "author", "claimed_by")
    found = shown.filter(pk=case_id).first()
    if found is None:
        raise NotThere
    return found


def _outcomes(case: Case, history: list[Decision]) -> list[tuple[str, object]]:
    if case.state == Case.State.OPEN:
        return list(OUTCOMES_OF_OPEN)
    hidden = bool(history) and history[0].outcome == Outcome.HIDDEN
    return [(Outcome.RESTORED, _("Show it again"))] if hidden else [(Outcome.HIDDEN, _("Hide it"))]


@moderators
@require_http_methods(READ_AND_WRITE)
def case(request: MemberRequest, case_id: uuid.UUID) -> HttpResponse:
    found = _case(request, case_id)
    history = list(queue.history_of(found))
    form = DecisionForm(request.POST or None, outcomes=_outcomes(found, history))
    if request.method == "POST" and form.is_valid():
        with problems.shown_on(form):
            deciding.decide(by=request.user, case_id=case_id, **form.cleaned_data)
            messages.success(request, _("Decided. Everyone concerned is being told."))
            return redirect("community_moderation:queue")
    _target, address = queue.target_of(found, request.user)
    context = {"case": found, "form": form, "history": history, "address": address, "now": clock.now()}
    context |= {"shown": queue.still_shown(found), "flags": found.flags.select_related("member").order_by("at")}
    context |= {"appeal_form": AppealAnswerForm(), "sanction_form": SanctionForm(prefix="sanction")}
    return render(request, "community/moderation/case/page.html", context)


@moderators
@require_POST
def claim(request: MemberRequest, case_id: uuid.UUID) -> HttpResponse:
    act = deciding.release if "release" in request.POST else deciding.claim
    act(by=request.user, case_id=case_id)
    return redirect("community_moderation:case", case_id)


@moderators
@require_POST
def answer_appeal(request: MemberRequest, appeal_id: uuid.UUID) -> HttpResponse:
    form = AppealAnswerForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose what should happen, and write the author an answer."))
        return redirect("community_moderation:queue")
    made = appealing.answer_appeal(by=request.user, appeal_id=appeal_id, **form.cleaned_data)
    messages.success(request, _("The author is being told."))
    return redirect("community_moderation:case", made.decision.case_id)


@operators
@require_POST
def sanction_from_case(request: MemberRequest, case_id: uuid.UUID) -> HttpResponse:
    found = _case(request, case_id)
    form = SanctionForm(request.POST, prefix="sanction")
    if not form.is_valid() or found.author is None:
        messages.error(request, _("Choose a sanction, write the reason, and say for how many days."))
        return redirect(found)
    data = form.cleaned_data
    ends_at = clock.now() + dt.timedelta(days=data["days"]) if data["days"] else None
    sanctioning.sanction(
        by=request.user, member=found.author, kind=data["kind"], reason=data["reason"], ends_at=ends_at, case=found
    )
    messages.success(request, _("The member is being told."))
    return redirect(found)


@signed_in
@require_http_methods(READ_AND_WRITE)
def decision(request: MemberRequest, decision_id: uuid.UUID) -> HttpResponse:
    """The statement of reasons; its author's answer."""
    shown = Decision.objects.visible_to(request.user).select_related("case", "case__board", "appeal")
    found = shown.filter(pk=decision_id).first()
    if found is None:
        raise NotThere
    form = AppealForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with problems.shown_on(form):
            appealing.appeal(by=request.user, decision_id=decision_id, **form.cleaned_data)
            messages.success(request, _("Another moderator will look at it again."))
            return redirect(found)
    mine = found.case.author_id == request.user.pk
    context = {"decision": found, "form": form, "may_appeal": mine and appealing.is_open_to_appeal(found)}
    return render(request, "community/moderation/decision/page.html", context)


@signed_in
@require_GET
def sanction(request: MemberRequest, sanction_id: uuid.UUID) -> HttpResponse:
    found = Sanction.objects.visible_to(request.user).select_related("case").filter(pk=sanction_id).first()
    if found is None:
        raise NotThere
    return render(request, "community/moderation/sanction/page.html", {"sanction": found})


@everyone
@require_GET
def log(request: HttpRequest) -> HttpResponse:
    rows = Entry.objects.visible_to(request.user).select_related("by", "board")
    page = paging.keyset(rows, order=("-at", "-id"), cursor=request.GET.get("cursor"))
    return render(request, "community/moderation/log/page.html", {"page": page})
