"""How often the reader has done something: guidance for it fades with that (`{% guidance … acts=… %}` of the kit)."""

from django import template
from django.db.models import Sum

from community.members.models import Activity

register = template.Library()


@register.simple_tag(takes_context=True)
def times_done(context, *acts):
    """How often the logged-in reader has done any of these acts (allowances.LIMITS); nothing for a guest."""
    member = getattr(context.get("request"), "user", None)
    if member is None or not member.is_authenticated:
        return 0
    done = Activity.objects.filter(member=member, act__in=acts).aggregate(times=Sum("count"))
    return done["times"] or 0
