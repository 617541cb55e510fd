"""allauth's forms in our words; what they do stays allauth's, but for the way back, which tells strangers nothing."""

from allauth.account import forms as account
from allauth.account.models import EmailAddress
from allauth.mfa.base import forms as second_step
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as passkeys
from allauth.socialaccount import forms as social
from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from community.foundation.ids import uuid7

NEW, AGAIN = _("New password"), _("New password, once more")
CODE_KEYS = {"inputmode": "numeric", "autocapitalize": "none", "spellcheck": "false"}


class InOurWords(forms.Form):
    """Labels above the fields instead of grey words within them."""

    labels: dict = {}
    notes: dict = {}

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.label = self.labels.get(name, field.label)
            field.help_text = self.notes.get(name, field.help_text)
            field.widget.attrs.pop("placeholder", None)


class LoginForm(InOurWords, account.LoginForm):
    labels = {"login": _("User name or e-mail"), "password": _("Password"), "remember": _("Keep me logged in")}
    notes = {"password": ""}  # the way back stands below the form, where it is for every way in


class SignUpForm(InOurWords, account.SignupForm):
    field_order = ["email", "username", "password1", "terms"]
    labels = {"email": _("E-mail"), "username": _("User name"), "password1": _("Password")}
    notes = {
        "username": _("Others see it. 2 to 30 letters, digits, hyphens or underscores; you can change it later."),
        "password1": _("At least 10 characters. Long is better than odd."),
    }


class SocialSignUpForm(InOurWords, social.SignupForm):
    field_order = ["username", "email", "terms"]
    labels = {"email": _("E-mail"), "username": _("User name")}
    notes = {"username": SignUpForm.notes["username"]}


class ResetForm(InOurWords, account.ResetPasswordForm):
    """The way back, made to cost the same for a stranger: the same queries, one letter."""

    labels = {"email": _("E-mail")}

    def clean_email(self) -> str:
        email = self.cleaned_data["email"]
        address = EmailAddress.objects.filter(email=email.lower(), verified=True).select_related("user").first()
        self.users = [address.user] if address and address.user.is_active else []
        return email

    def save(self, request: HttpRequest, **kwargs) -> str:
        if not self.users:
            nobody = uuid7()
            EmailAddress.objects.filter(email=self.cleaned_data["email"], user_id=nobody).exists()
            list(EmailAddress.objects.filter(user_id=nobody).values_list("email"))
        return super().save(request, **kwargs)


class NewPasswordForm(InOurWords, account.ResetPasswordKeyForm):
    labels = {"password1": NEW, "password2": AGAIN}
    notes = {"password1": SignUpForm.notes["password1"]}


class ChangePasswordForm(InOurWords, account.ChangePasswordForm):
    labels = {"oldpassword": _("Present password"), "password1": NEW, "password2": AGAIN}
    notes = {"password1": SignUpForm.notes["password1"]}


class SetPasswordForm(InOurWords, account.SetPasswordForm):
    labels = {"password1": NEW, "password2": AGAIN}
    notes = {"password1": SignUpForm.notes["password1"]}


class NewAddressForm(InOurWords, account.AddEmailForm):
    labels = {"email": _("New address")}


class PasswordAgainForm(InOurWords, account.ReauthenticateForm):
    labels = {"password": _("Password")}


class CodeForm(InOurWords, second_step.AuthenticateForm):
    labels = {"code": _("Code")}
    notes = {"code": _("Six digits from your app, or one of your spare codes.")}


class CodeAgainForm(InOurWords, second_step.ReauthenticateForm):
    labels, notes = CodeForm.labels, CodeForm.notes


class FirstCodeForm(InOurWords, totp.ActivateTOTPForm):
    labels = {"code": _("The six digits that the app shows")}

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs |= CODE_KEYS

    @property
    def secret_in_fours(self) -> str:
        """The secret as one reads it aloud or types it."""
        return " ".join(self.secret[at : at + 4] for at in range(0, len(self.secret), 4))


class PasskeyForm(InOurWords, passkeys.AddWebAuthnForm):
    labels = {"name": _("A name to know it by"), "passwordless": _("Log in with it alone, without the password")}
    notes = {"passwordless": _("Your device then asks for your finger, your face or its PIN each time.")}

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["passwordless"].initial = True


class PasskeyNameForm(InOurWords, passkeys.EditWebAuthnForm):
    labels = {"name": _("A name to know it by")}
