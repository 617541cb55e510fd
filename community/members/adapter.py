"""How allauth does things here: our user names, our clock of joining, our way of counting addresses, our words."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.core.exceptions import ValidationError
from django.forms import BaseForm
from django.http import HttpRequest
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from community.foundation import limits
from community.foundation.problems import Invalid
from community.members import joining, names, naming
from community.members.models import Member
from community.site import present
from community.site.templatetags.devices import device

WRONG_LOGIN = _("The name or address and the password do not belong together.")
WRONG_CODE = _("This code is not right, or was used before. Wait for the next one.")
TOO_FAST = _("That was too often. Wait a few minutes, then try again.")


class AccountAdapter(DefaultAccountAdapter):
    """Sign-up, log-in and letters of accounts."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": _("This account is closed."),
        "cannot_remove_primary_email": _("Your main address stays until you name another."),
        "duplicate_email": _("This is your address already."),
        "email_password_mismatch": WRONG_LOGIN,
        "username_password_mismatch": WRONG_LOGIN,
        "invalid_login": WRONG_LOGIN,
        "email_taken": _("This address cannot be used here."),
        "enter_current_password": _("This is not your present password."),
        "incorrect_password": _("This is not your password."),
        "incorrect_code": WRONG_CODE,
        "invalid_password_reset": _("This way to a new password was used before, or is too old. Ask for another."),
        "too_many_login_attempts": TOO_FAST,
        "rate_limited": TOO_FAST,
        "same_as_current": _("This is the same as before."),
    }

    def clean_username(self, username: str, shallow: bool = False) -> str:
        try:
            username = names.checked(username)
            if not shallow:
                naming.ensure_free(username)
        except Invalid as problem:
            raise ValidationError(str(problem.detail), code=problem.code) from problem
        return username

    def generate_unique_username(self, txts: list[str | None], regex: str | None = None) -> str:
        wanted = next((text for text in txts if text and "@" not in text), "")
        return naming.suggestion(wanted)

    def save_user(self, request: HttpRequest, user: Member, form: BaseForm, commit: bool = True) -> Member:
        user.joined_at = None
        return super().save_user(request, user, form, commit)  # type: ignore[return-value]

    def confirm_email(self, request: HttpRequest, email_address: EmailAddress) -> bool:
        confirmed = super().confirm_email(request, email_address)
        if confirmed:
            joining.complete(member=email_address.user)
        return confirmed

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Any:
        """An address is turned into the name first. Tried by both, a known address would check two passwords and an
        unknown one none, and the time would tell them apart; this way both cost the same queries and one hash."""
        email = credentials.pop("email", None)
        if email:
            address = EmailAddress.objects.filter(email=email.lower(), verified=True).select_related("user").first()
            credentials["username"] = address.user.username if address else f" {email}"  # no name begins with a space
        return super().authenticate(request, **credentials)

    def send_confirmation_mail(self, request: HttpRequest, emailconfirmation: Any, signup: bool) -> None:
        """The letter to a new address, and one to the present address as long as its owner can still do something."""
        super().send_confirmation_mail(request, emailconfirmation, signup)
        member, new = emailconfirmation.email_address.user, emailconfirmation.email_address.email
        if not signup and EmailAddress.objects.filter(user=member, verified=True).exclude(email=new).exists():
            self.send_notification_mail("account/email/email_change_asked", member, {"to_email": new})

    def set_password(self, user: Any, password: str) -> None:
        """A new password also ends a change of address that was not confirmed: a thief may have begun it."""
        super().set_password(user, password)
        EmailAddress.objects.filter(user=user, verified=False, primary=False).delete()

    def login(self, request: HttpRequest, user: Any) -> None:
        """Only reached with a verified address, so that coming by Kakao, Naver or Google joins too."""
        joining.complete(member=user)
        super().login(request, user)
        if user.language:  # the greeting is the first that is said to this member, no more to a guest
            translation.activate(user.language)

    def get_client_ip(self, request: HttpRequest) -> str:
        return limits.address(request)

    def is_safe_url(self, url: str) -> bool:
        return bool(url) and not url.startswith("//") and super().is_safe_url(url)


class SocialAccountAdapter(DefaultSocialAccountAdapter):
    """Log-in by Kakao, Naver and Google, each there only when its keys are set."""

    def new_user(self, request: HttpRequest, sociallogin: Any) -> Member:
        member = super().new_user(request, sociallogin)
        member.joined_at = None
        return member

    def populate_user(self, request: HttpRequest, sociallogin: Any, data: dict[str, Any]) -> Member:
        """Take over the shown name; the provider's e-mail only as far as the provider verified it (allauth checks)."""
        member = super().populate_user(request, sociallogin, data)
        member.display_name = (data.get("name") or data.get("username") or "")[:50]
        return member


class SecondStepAdapter(DefaultMFAAdapter):
    """Codes and passkeys under the name of the site; a passkey is named after the device that made it."""

    error_messages = DefaultMFAAdapter.error_messages | {"incorrect_code": WRONG_CODE}

    def _get_site_name(self) -> str:
        return str(present.site().name)

    def get_totp_label(self, user: Any) -> str:
        return user.username

    def generate_authenticator_name(self, user: Any, type: Authenticator.Type) -> str:
        return device(context.request.headers.get("User-Agent", ""))
