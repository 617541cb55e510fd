"""What the acts of this app may refuse."""

from django.utils.translation import gettext_lazy as _

from community.foundation.problems import Invalid


class UnknownField(Invalid):
    code = "unknown_field"
    detail = _("There is no such field.")


class WrongValue(Invalid):
    code = "wrong_value"
    detail = _("That is not an answer to this question. Choose one that is offered.")


class NeedsConsentFirst(Invalid):
    """Letters at night are a part of letters at all."""

    code = "needs_marketing_mail"
    detail = _("For letters at night, consent to offers and news by e-mail too.")
