from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from commerce.vendors import trader
from commerce.vendors.models import Vendor
from community.members.models import TeamMember

COLUMNS: dict[str, Any] = {name: Vendor._meta.get_field(name) for name in trader.FIELDS}
LENGTHS = {name: column.max_length for name, column in COLUMNS.items()}
OPTIONAL = {"mail_order_number"}


class IntroductionForm(forms.Form):
    """How a vendor presents itself."""

    name = forms.CharField(label=_("Name"), max_length=80, help_text=_("What customers know you by."))
    introduction = forms.CharField(
        label=_("Introduction"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Who you are, what you make or sell, and what you promise. Markdown works."),
    )


class TraderForm(forms.Form):
    """What the e-commerce act has a trader tell; each field says what it is for."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in trader.FIELDS:
            kind = forms.EmailField if name == "email" else forms.CharField
            self.fields[name] = kind(
                label=COLUMNS[name].verbose_name,
                max_length=LENGTHS[name],
                required=name not in OPTIONAL,
                help_text=trader.EXPLAINED[name],
            )


class CorrectionForm(IntroductionForm, TraderForm):
    """A refused application, corrected."""


class ApplicationForm(CorrectionForm):
    """All that an operator needs to decide."""

    slug = forms.SlugField(
        label=_("Address"),
        max_length=60,
        allow_unicode=True,
        help_text=_("Your page's address: letters, digits and hyphens. It stays as it is."),
    )
    field_order = ["name", "slug", "introduction", *trader.FIELDS]


class StaffForm(forms.Form):
    username = forms.CharField(label=_("User name"), max_length=60, help_text=_("The member who is to work here."))
    role = forms.ChoiceField(
        label=_("Role"),
        choices=TeamMember.ROLES,
        help_text=_("Clerks see orders and stock. Managers do everything but staff and payouts. Owners do everything."),
    )
