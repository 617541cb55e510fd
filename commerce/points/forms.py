"""What operators fill in to give points."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminIntegerFieldWidget, UnfoldAdminTextareaWidget, UnfoldAdminTextInputWidget

from commerce.points import conf
from community.foundation.ids import uuid7
from community.members.models import Member


class GrantForm(forms.Form):
    """`key` is made when the form is opened, so that a double click grants once."""

    username = forms.CharField(
        label=_("member"),
        help_text=_("The user name, as in the address of the member's page."),
        widget=UnfoldAdminTextInputWidget,
    )
    points = forms.IntegerField(
        label=_("points"), min_value=1, max_value=conf.MOST_GRANTED, widget=UnfoldAdminIntegerFieldWidget
    )
    days_valid = forms.IntegerField(
        label=_("days until they expire"),
        min_value=1,
        max_value=3_650,
        initial=365,
        widget=UnfoldAdminIntegerFieldWidget,
    )
    reason = forms.CharField(
        label=_("reason"),
        max_length=200,
        help_text=_("The member reads these words."),
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 2}),
    )
    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid7)

    def clean_username(self) -> str:
        name = self.cleaned_data["username"].strip().lstrip("@")
        self.member: Any = Member.objects.filter(username__iexact=name, is_active=True).first()
        if self.member is None:
            raise forms.ValidationError(_("No member has this user name. Check the spelling."))
        return self.member.username
