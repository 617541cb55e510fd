"""How allauth does things here."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter


class AccountAdapter(DefaultAccountAdapter):
    """Sign-up, log-in and mails of accounts."""


class SocialAccountAdapter(DefaultSocialAccountAdapter):
    """Log-in by Kakao, Naver and Google."""
