import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from community.boards.models import Topic
from community.boards.views.requests import MemberRequest
from community.complaints.forms import OutcomeForm, ResponseForm
from community.complaints.listing import for_desk
from community.complaints.responding import respond
from community.complaints.settling import settle
from community.complaints.showing import complaint_of
from community.foundation.access import signed_in
from community.foundation.paging import keyset
from community.foundation.problems import NotThere, shown_on


@signed_in
@require_GET
def desk(request: MemberRequest) -> HttpResponse:
    """The complaints that wait for a team of the reader, the most urgent first."""
    running = request.GET.get("show") != "all"
    rows = for_desk(request.user, running=running)
    page = keyset(rows, order=("due_at", "pk"), cursor=request.GET.get("cursor"))
    return render(request, "community/complaints/mine/page.html", {"page": page, "running": running})


@signed_in
def answer(request: MemberRequest, topic_id: uuid.UUID) -> HttpResponse:
    """The owner team answers."""
    topic = Topic.objects.get_visible(request.user, topic_id)
    shown = complaint_of(topic, request.user)
    if shown is None or not shown.may_respond:
        raise NotThere
    form = ResponseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with shown_on(form):
            respond(by=request.user, topic_id=topic_id, **form.cleaned_data)
            messages.success(
                request, _("Your answer stands under the complaint. Its author now says whether it settles it.")
            )
            return redirect(topic)
    return render(request, "community/complaints/answer/page.html", {"form": form, "topic": topic, "shown": shown})


@signed_in
@require_POST
def outcome(request: HttpRequest, topic_id: uuid.UUID) -> HttpResponse:
    """Its author confirms or reopens the complaint."""
    topic = Topic.objects.get_visible(request.user, topic_id)
    form = OutcomeForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Say whether the answer settles the matter."))
        return redirect(topic)
    confirmed = form.cleaned_data["confirmed"]
    settle(by=request.user, topic_id=topic_id, confirmed=confirmed, why=form.cleaned_data["why"])
    told = (
        _("Thank you for telling. The matter is settled.")
        if confirmed
        else _("The complaint is open again, and the clock runs.")
    )
    messages.success(request, told)
    return redirect(topic)
