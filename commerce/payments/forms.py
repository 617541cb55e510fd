"""Forms of payments."""

from django import forms
from django.utils.translation import gettext_lazy as _


class ConsentForm(forms.Form):
    """What a buyer says on the sandbox's page."""

    answer = forms.ChoiceField(choices=[("yes", _("Yes, pay")), ("no", _("No, stop"))])


class SandboxCardForm(forms.Form):
    """One of the sandbox's cards."""

    card = forms.ChoiceField(
        label=_("Which card"),
        choices=[
            ("4242", _("Pays at once (···· 4242)")),
            ("3220", _("Asks for your consent first (···· 3220)")),
            ("0002", _("Is declined (···· 0002)")),
        ],
        widget=forms.RadioSelect,
        initial="4242",
    )
