"""Who a REST request comes from: a bearer token, an app's session, or a browser's session."""

from allauth.headless.contrib.rest_framework.authentication import XSessionTokenAuthentication
from oauth2_provider.contrib.rest_framework import OAuth2Authentication


class BearerAuthentication(OAuth2Authentication):
    """An OAuth 2 access token; one that is unknown, expired or revoked is 401."""


class AppSessionAuthentication(XSessionTokenAuthentication):
    """allauth headless' X-Session-Token."""
