"""Members and what they may do."""

from typing import Any

from django.contrib.auth.models import AbstractBaseUser, PermissionsMixin, UserManager
from django.db import models
from django.utils.translation import gettext_lazy as _

from community.foundation import clock
from community.foundation.ids import uuid7


class MemberQuerySet(models.QuerySet["Member"]):
    """Questions about members in the domain's words."""

    def visible_to(self, viewer: Any) -> "MemberQuerySet":
        """Active members; operators see all."""
        return self if getattr(viewer, "is_operator", False) else self.filter(is_active=True)


class MemberManager(UserManager.from_queryset(MemberQuerySet)):  # type: ignore[misc]
    """Django's user manager with our questions."""


class Member(AbstractBaseUser, PermissionsMixin):
    """A person with an account. Names are shown; the e-mail address never is."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    username = models.CharField(_("user name"), max_length=30, unique=True)
    email = models.EmailField(_("e-mail address"), unique=True)
    display_name = models.CharField(_("display name"), max_length=50, blank=True)
    language = models.CharField(_("language"), max_length=5, blank=True)
    time_zone = models.CharField(_("time zone"), max_length=50, blank=True)
    is_active = models.BooleanField(_("active"), default=True)
    is_operator = models.BooleanField(_("operator"), default=False)
    is_moderator = models.BooleanField(_("moderates a board"), default=False, editable=False)
    trust_level = models.PositiveSmallIntegerField(_("trust level"), default=0)
    silenced_until = models.DateTimeField(_("silenced until"), null=True, blank=True)
    suspended_until = models.DateTimeField(_("suspended until"), null=True, blank=True)
    date_joined = models.DateTimeField(_("joined"), default=clock.now)

    objects = MemberManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["email"]

    class Meta:
        verbose_name = _("member")
        verbose_name_plural = _("members")
        constraints = [
            models.CheckConstraint(condition=models.Q(trust_level__lte=4), name="member_trust_level_0_to_4"),
        ]

    def __str__(self) -> str:
        return self.shown_name

    @property
    def shown_name(self) -> str:
        return self.display_name or self.username

    @property
    def is_staff(self) -> bool:
        """May open the operators' admin."""
        return self.is_operator

    @property
    def moderates_somewhere(self) -> bool:
        return self.is_moderator or self.is_operator
