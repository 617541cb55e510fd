"""Pages of members: their profile, whom they follow and ignore, and what trust means."""

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from community.foundation import paging
from community.foundation.access import everyone, signed_in
from community.foundation.problems import NotThere
from community.members import allowances, following, ignoring, picturing, trust
from community.members.models import FormerName, Member, Team
from community.members.names import key
from community.members.requests import MemberRequest
from community.members.seeing import visible_member


@require_safe
@everyone
def profile(request: HttpRequest, username: str) -> HttpResponse:
    """A member's page. A former name, or another case of the name, leads to the present one."""
    member = Member.objects.visible_to(request.user).named(username).first()
    if member is None:
        former = FormerName.objects.filter(username_key=key(username)).first()
        member = visible_member(request.user, former.member.username if former else username)
    if member.username != username:
        return redirect(member, permanent=True)
    viewer = request.user
    known = viewer.is_authenticated and viewer.pk != member.pk
    return render(
        request,
        "community/members/profile/page.html",
        {
            "member": member,
            "rule": trust.rule_of(member.trust_level),
            "teams": Team.objects.filter(memberships__member=member),
            "followed": known and member.followers.filter(follower_id=viewer.pk).exists(),
            "ignored": known and member.pk in ignoring.ignored_ids(viewer),
            "own": viewer.is_authenticated and viewer.pk == member.pk,
        },
    )


@require_safe
@everyone
def picture(request: HttpRequest, picture: str, size: str) -> FileResponse:
    """A picture under an address that changes with it, so that browsers may keep it."""
    response = FileResponse(picturing.stored_file(picture, size), content_type="image/webp")
    response["Cache-Control"] = "public, max-age=604800, immutable"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


@require_POST
@signed_in
def follow(request: MemberRequest, username: str) -> HttpResponse:
    member = visible_member(request.user, username)
    if request.POST.get("end"):
        following.unfollow(by=request.user, member=member)
    else:
        following.follow(by=request.user, member=member)
    return redirect(member)


@require_POST
@signed_in
def ignore(request: MemberRequest, username: str) -> HttpResponse:
    member = visible_member(request.user, username)
    if request.POST.get("end"):
        ignoring.unignore(by=request.user, member=member)
    else:
        ignoring.ignore(by=request.user, member=member)
        text = _("You will not see what %(name)s writes, and they cannot reach you. They are not told.")
        messages.success(request, text % {"name": member.shown_name})
    return redirect(member)


@require_safe
@signed_in
def people(request: MemberRequest, which: str) -> HttpResponse:
    """Whom one follows, who follows one, whom one ignores: one's own lists, nobody else's."""
    mine = {
        "following": ("followings", Member.objects.filter(followers__follower=request.user)),
        "followers": ("followers", Member.objects.filter(followings__followed=request.user)),
        "ignored": ("ignorings", Member.objects.filter(ignored_by__member=request.user)),
    }
    if which not in mine:
        raise NotThere
    rows = mine[which][1]
    if which != "ignored":
        rows = rows.exclude(pk__in=ignoring.ignored_ids(request.user))
    seen = rows & Member.objects.visible_to(request.user)
    page = paging.keyset(seen, order=("username_key",), cursor=request.GET.get("cursor"))
    return render(request, "community/members/people/page.html", {"which": which, "page": page})


@require_safe
@everyone
def trust_levels(request: HttpRequest) -> HttpResponse:
    """The rules of trust, and for members where they stand."""
    member = request.user if request.user.is_authenticated else None
    own = trust.measure([member.pk]).get(member.pk, trust.Measured()) if member else None
    return render(
        request,
        "community/members/trust/page.html",
        {
            "rules": trust.RULES,
            "own": own,
            "way_up": trust.way_up(own, held=member.trust_level) if member and own else None,
            "limits": allowances.LIMITS.items(),
            "by_hand": trust.BY_HAND,
        },
    )
