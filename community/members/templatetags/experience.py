"""How often the reader has done something: guidance for it fades with that (`{% guidance … acts=… %}` of the kit)."""

from django import template
from django.db.models import Sum

from community.foundation.near import Near
from community.members.models import Activity

register = template.Library()
_known: Near[int] = Near(seconds=60, most=4_000)  # guidance may fade a moment later


@register.simple_tag(takes_context=True)
def times_done(context, *acts):
    """How often the logged-in reader has done any of these acts (allowances.LIMITS); nothing for a guest."""
    member = getattr(context.get("request"), "user", None)
    if member is None or not member.is_authenticated:
        return 0
    key = (member.pk, acts)
    known = _known.get(key)
    if known is not None:
        return known
    done = Activity.objects.filter(member=member, act__in=acts).aggregate(times=Sum("count"))
    return _known.keep(key, done["times"] or 0)
