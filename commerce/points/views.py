"""The page of one's own points."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from commerce import money
from commerce.points import acts
from commerce.points.balances import balance_of
from commerce.points.models import EarningRule
from commerce.points.showing import movements_of, on_the_way
from community.foundation.access import signed_in
from community.members.requests import MemberRequest


@require_GET
@signed_in
def mine(request: MemberRequest) -> HttpResponse:
    """What one holds, what is on its way, what came and went, and how points are earned."""
    rules = EarningRule.objects.filter(active=True, act__in=acts.all_acts()).order_by("-rate", "-points", "act")
    context = {
        "balance": balance_of(request.user),
        "waiting": on_the_way(request.user),
        "page": movements_of(request.user, cursor=request.GET.get("cursor")),
        "rules": rules,
        "worth": money.formatted(10 ** money.decimals(settings.CURRENCY)),
    }
    return render(request, "commerce/points/mine/page.html", context)
