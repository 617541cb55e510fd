"""What can go wrong with score cards and ranked lists."""

from django.utils.translation import gettext_lazy as _

from community.foundation.problems import Invalid, Refused


class NothingOnIt(Invalid):
    code = "nothing_on_it"
    detail = _("Name at least one subject.")


class TooManySubjects(Invalid):
    code = "too_many_subjects"
    detail = _("That are too many subjects for one. Leave some out.")


class UnknownSubject(Invalid):
    code = "unknown_subject"
    detail = _("One of these subjects is not there. Check its address.")


class NamedTwice(Invalid):
    code = "named_twice"
    detail = _("A subject stands on it twice. Leave one out.")


class NotOnTheCard(Invalid):
    code = "not_on_the_card"
    detail = _("That subject is not on this card.")


class NotYourList(Refused):
    detail = _("Only the member who made it may change it.")
