"""Forms of settings and teams."""

import zoneinfo

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from community.foundation.problems import TooMany
from community.members import leaving, tokens
from community.members.errors import WrongPassword
from community.members.models import Member, TeamMember


class ProfileForm(forms.Form):
    """How one is shown, and in what language and time one reads."""

    display_name = forms.CharField(
        label=_("Display name"),
        max_length=50,
        required=False,
        help_text=_("Shown beside what you write. Empty: your user name."),
    )
    bio = forms.CharField(
        label=_("About you"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    language = forms.ChoiceField(label=_("Language"), required=False)
    time_zone = forms.ChoiceField(label=_("Time zone"), required=False)
    profile_open = forms.BooleanField(
        label=_("Guests may open my profile"), required=False, help_text=_("Members always may.")
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = [("", _("As my browser says")), *settings.LANGUAGES]  # type: ignore[attr-defined]
        zones = sorted(name for name in zoneinfo.available_timezones() if "/" in name and not name.startswith("Etc/"))
        choices = [("", _("The site's")), ("UTC", "UTC"), *((name, name.replace("_", " ")) for name in zones)]
        self.fields["time_zone"].choices = choices  # type: ignore[attr-defined]


class PictureForm(forms.Form):
    picture = forms.FileField(
        label=_("Picture"),
        help_text=_("JPEG, PNG, GIF or WebP up to 10 MB. It is cut square; where and when it was taken is removed."),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/gif,image/webp"}),
    )


class NameForm(forms.Form):
    username = forms.CharField(
        label=_("User name"),
        max_length=60,
        help_text=_("Your address here. Old links keep leading to you; you can change it again after 30 days."),
    )


class TokenForm(forms.Form):
    name = forms.CharField(label=_("What it is for"), max_length=60)
    scopes = forms.MultipleChoiceField(
        label=_("What it may do"), widget=forms.CheckboxSelectMultiple, help_text=_("No scope includes another.")
    )

    def __init__(self, *args, member: Member, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["scopes"].choices = [  # type: ignore[attr-defined]
            (name, f"{name}: {label}")
            for name, label in tokens.scopes().items()
            if name != tokens.OPERATE or member.is_operator
        ]


class LeaveForm(forms.Form):
    """Asks for what only the member knows or can type, so that no slip and no open browser erases an account."""

    username = forms.CharField(label=_("Type your user name to confirm"), max_length=60)
    password = forms.CharField(label=_("Your password"), widget=forms.PasswordInput)

    def __init__(self, *args, member: Member, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.member = member
        if not member.has_usable_password():
            del self.fields["password"]

    def clean_username(self) -> str:
        if self.cleaned_data["username"].strip() != self.member.username:
            raise forms.ValidationError(_("That is not your user name."), code="wrong_name")
        return self.cleaned_data["username"]

    def clean_password(self) -> str:
        try:
            leaving.require_password(member=self.member, password=self.cleaned_data["password"])
        except (WrongPassword, TooMany) as problem:
            raise forms.ValidationError(str(problem.detail), code=problem.code) from problem
        return ""


class TeamForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=80)
    about = forms.CharField(
        label=_("About the team"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )


class TeamMemberForm(forms.Form):
    username = forms.CharField(label=_("User name"), max_length=60)
    role = forms.ChoiceField(label=_("Role"), choices=TeamMember.ROLES, initial=TeamMember.CLERK)
