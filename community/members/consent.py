"""The consent that the law asks for before anything of a person is stored."""

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from community.members import joining
from community.members.models import Member


class ConsentForm(forms.Form):
    """What every way of joining asks besides name and address: by page, by app, by Kakao, Naver or Google."""

    terms = forms.BooleanField(
        label=_("I accept the terms of use and have read the privacy statement"),
        error_messages={"required": _("To join, please accept the terms of use.")},
    )

    def signup(self, request: HttpRequest, user: Member) -> None:
        joining.accept_documents(by=user)
