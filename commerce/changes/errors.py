"""What can go wrong with changes."""

from django.utils.translation import gettext_lazy as _

from community.foundation.problems import Invalid


class NotYet(Invalid):
    code = "not_a_past_day"
    detail = _("Tell of what has changed already: a day from the year 2000 to today.")


class NoText(Invalid):
    code = "blank"
    detail = _("Say in a sentence or two what is different now.")


class UnknownSource(Invalid):
    code = "unknown_source"
    detail = _(
        "One of the causes is not there, or is no idea, review or complaint of customers about what you answer for. "
        "Take it off the list."
    )


class TooManySources(Invalid):
    code = "too_many_sources"
    detail = _("A change names up to fifty causes. Leave the others out, or tell of two changes.")
