"""Who a REST request comes from: a bearer token, an app's session, or a browser's session. The first class decides how
"unknown" is answered: 401 with a Bearer challenge."""

from allauth.headless.contrib.rest_framework.authentication import XSessionTokenAuthentication
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from oauth2_provider.models import AccessToken
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import AuthenticationFailed

from community.members import tokens
from community.members.models import Member


class BearerAuthentication(BaseAuthentication):
    """An OAuth 2 access token or a personal one; unknown, expired or revoked is 401, never a silent guest."""

    def authenticate(self, request: HttpRequest) -> tuple[Member, AccessToken] | None:
        kind, _space, secret = request.headers.get("Authorization", "").partition(" ")
        if kind.lower() != "bearer":
            return None
        token = tokens.find(secret.strip())
        if token is None:
            raise AuthenticationFailed(
                _("This token is unknown, expired or revoked. Make a new one on your settings page.")
            )
        tokens.note_use(token)
        return tokens.member_of(token), token  # type: ignore[return-value]

    def authenticate_header(self, request: HttpRequest) -> str:
        return 'Bearer realm="api"'


class AppSessionAuthentication(XSessionTokenAuthentication):
    """The X-Session-Token of an app that logged in by allauth headless."""

    def authenticate(self, request: HttpRequest):
        if not self.get_session_token(request):
            return None
        known = super().authenticate(request)
        if known is None:
            raise AuthenticationFailed(_("This session has ended. Log in again."))
        return known
