"""How a shelf is drawn."""

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commerce.shelf.reading import Shown

register = template.Library()


@register.filter
def ends_soon(shown: Shown) -> str:
    """In how many days the warranty ends."""
    left = (shown.thing.warranty_until - shown.today).days if shown.thing.warranty_until else 0
    if not left:
        return _("Warranty ends today")
    return ngettext("Warranty ends in %(n)d day", "Warranty ends in %(n)d days", left) % {"n": left}
