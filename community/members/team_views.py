"""Pages of teams."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from community.foundation import paging
from community.foundation.access import everyone, signed_in
from community.foundation.problems import NotThere, shown_on
from community.members import teaming
from community.members.forms import TeamForm, TeamMemberForm
from community.members.models import Team
from community.members.requests import MemberRequest
from community.members.seeing import team_with_members, visible_member


@require_safe
@everyone
def index(request: HttpRequest) -> HttpResponse:
    page = paging.keyset(Team.objects.visible_to(request.user), order=("name",), cursor=request.GET.get("cursor"))
    mine = Team.objects.of(request.user)
    return render(request, "community/members/teams/page.html", {"page": page, "mine": mine})


@require_safe
@everyone
def detail(request: HttpRequest, team_slug: str) -> HttpResponse:
    team = team_with_members(request.user, team_slug)
    context = {"team": team, "may_choose": teaming.may_choose(request.user, team), "form": TeamMemberForm()}
    return render(request, "community/members/team/page.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def edit(request: MemberRequest, team_slug: str) -> HttpResponse:
    team = team_with_members(request.user, team_slug)
    if not teaming.may_choose(request.user, team):
        raise NotThere
    form = TeamForm(
        request.POST if request.method == "POST" else None, initial={"name": team.name, "about": team.about}
    )
    if request.method == "POST" and form.is_valid():
        with shown_on(form):
            return redirect(teaming.describe(by=request.user, team=team, **form.cleaned_data))
    return render(request, "community/members/team_edit/page.html", {"team": team, "form": form})


@require_POST
@signed_in
def put(request: MemberRequest, team_slug: str) -> HttpResponse:
    team = team_with_members(request.user, team_slug)
    form = TeamMemberForm(request.POST)
    if form.is_valid():
        with shown_on(form):
            member = visible_member(request.user, form.cleaned_data["username"])
            teaming.put_member(by=request.user, team=team, member=member, role=form.cleaned_data["role"])
            messages.success(request, _("%(name)s now speaks for the team.") % {"name": member.shown_name})
            return redirect(team)
    may_choose = teaming.may_choose(request.user, team)
    return render(request, "community/members/team/page.html", {"team": team, "may_choose": may_choose, "form": form})


@require_POST
@signed_in
def remove(request: MemberRequest, team_slug: str, username: str) -> HttpResponse:
    team = team_with_members(request.user, team_slug)
    teaming.remove_member(by=request.user, team=team, member=visible_member(request.user, username))
    return redirect(team)
