"""How often the reader has done something: guidance for it fades with that (`{% guidance … acts=… %}` of the kit)."""

from django import template
from django.core.cache import cache
from django.db.models import Sum

from community.members.models import Activity

register = template.Library()
REMEMBERED_SECONDS = 60


@register.simple_tag(takes_context=True)
def times_done(context, *acts):
    """How often the logged-in reader has done any of these acts (allowances.LIMITS); nothing for a guest."""
    member = getattr(context.get("request"), "user", None)
    if member is None or not member.is_authenticated:
        return 0
    key = f"done:{member.pk}:{':'.join(acts)}"
    known = cache.get(key)
    if known is not None:  # guidance may fade a moment later
        return known
    done = Activity.objects.filter(member=member, act__in=acts).aggregate(times=Sum("count"))
    times = done["times"] or 0
    cache.set(key, times, REMEMBERED_SECONDS)
    return times
