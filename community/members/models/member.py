"""Members with their names, what they accepted, and the QuerySet that says who may see them."""

import datetime as dt
import zoneinfo
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import Group
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.db.models.functions import Upper
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from community.foundation import clock
from community.foundation.analyser import search_document
from community.foundation.ids import uuid7
from community.members import names

LANGUAGES = [("ko", "한국어"), ("en", "English")]
FIRST_LEVEL, HIGHEST_LEVEL = 0, 4


def _known_zone(value: str) -> None:
    if value not in zoneinfo.available_timezones():
        raise ValidationError(_("That is not a time zone we know."), code="unknown_time_zone")


class Pictured:
    """Has a square picture in two sizes (see `picturing`), or none: the page then draws the first letter."""

    picture: Any

    @property
    def picture_url(self) -> str:
        """Address of the picture, 96 pixels wide, or nothing."""
        return reverse("community_members:picture", args=[self.picture, "small"]) if self.picture else ""

    @property
    def large_picture_url(self) -> str:
        """Address of the picture, 384 pixels wide, or nothing."""
        return reverse("community_members:picture", args=[self.picture, "large"]) if self.picture else ""


class MemberQuerySet(models.QuerySet["Member"]):
    def visible_to(self, viewer: Any) -> "MemberQuerySet":
        """Members whose profile `viewer` may open: joined, neither leaving nor gone, and open to guests or the viewer
        is a member. Operators see all that are not erased, members always see themselves."""
        rows = self.filter(erased_at=None)
        if viewer is None or not viewer.is_authenticated:
            return rows.filter(_PRESENT, profile_open=True)
        if viewer.is_operator:
            return rows
        return rows.filter(_PRESENT | Q(pk=viewer.pk))

    def named(self, username: str) -> "MemberQuerySet":
        """The member of that user name, whatever its case."""
        return self.filter(username_key=names.key(username))


UNSHOWN = (
    "password", "last_login", "username_key", "username_skeleton", "username_changed_at", "email", "bio", "language",
    "time_zone", "silenced_until", "suspended_until", "created_at", "joined_at", "last_seen_at", "leaving_at", "search",
)  # fmt: skip


def unshown(*joined: str) -> list[str]:
    """For `defer`: the columns of members joined under these names that a line about what they wrote does not show."""
    return [f"{name}__{column}" for name in joined for column in UNSHOWN]


_PRESENT = Q(is_active=True, joined_at__isnull=False, leaving_at=None)


class MemberManager(BaseUserManager.from_queryset(MemberQuerySet)):  # type: ignore[misc]
    """What Django's and allauth's forms expect of a user model's manager; acts create members by `joining.create`."""

    def get_by_natural_key(self, username: str | None) -> "Member":
        return self.get(username_key=names.key(username or ""))

    def create_user(
        self, username: str, email: str | None = None, password: str | None = None, **fields: Any
    ) -> "Member":
        member = self.model(username=username, email=self.normalize_email(email) or None, **fields)
        member.set_password(password)
        member.save(using=self._db)
        return member

    def create_superuser(
        self, username: str, email: str | None = None, password: str | None = None, **fields: Any
    ) -> "Member":
        return self.create_user(username, email, password, is_operator=True, **fields)


class Member(Pictured, AbstractBaseUser):
    """A person with an account. A former member's row stays, emptied, so that what they wrote keeps an author."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    username = models.CharField(_("user name"), max_length=names.LONGEST, unique=True)
    username_key = models.CharField(max_length=120, editable=False)
    username_skeleton = models.CharField(max_length=120, editable=False)
    username_changed_at = models.DateTimeField(null=True, blank=True, editable=False)
    email = models.EmailField(_("e-mail"), max_length=254, null=True, blank=True)  # noqa: DJ001  (unique; imported and former members have none)
    display_name = models.CharField(_("display name"), max_length=50, blank=True)
    bio = models.CharField(_("about you"), max_length=500, blank=True)
    language = models.CharField(_("language"), max_length=5, blank=True, choices=LANGUAGES)
    time_zone = models.CharField(_("time zone"), max_length=50, blank=True, validators=[_known_zone])
    picture = models.CharField(max_length=100, blank=True, db_index=True, editable=False)
    profile_open = models.BooleanField(_("guests may open my profile"), default=True)

    is_operator = models.BooleanField(_("operator"), default=False)
    is_moderator = models.BooleanField(_("moderator"), default=False)
    is_active = models.BooleanField(_("may log in"), default=True)
    groups = models.ManyToManyField(Group, blank=True, related_name="members", verbose_name=_("groups"))
    trust_level = models.PositiveSmallIntegerField(_("trust level"), default=FIRST_LEVEL)
    trust_fixed = models.BooleanField(
        _("trust level fixed"), default=False, help_text=_("An operator set the level; the rules leave it alone.")
    )
    silenced_until = models.DateTimeField(_("silenced until"), null=True, blank=True)
    suspended_until = models.DateTimeField(_("suspended until"), null=True, blank=True)

    created_at = models.DateTimeField(_("made at"), default=clock.now, editable=False)
    joined_at = models.DateTimeField(
        _("joined at"),
        default=clock.now,
        null=True,
        blank=True,
        help_text=_("Empty until the first e-mail is verified."),
    )
    last_seen_at = models.DateTimeField(_("last here"), null=True, blank=True)
    leaving_at = models.DateTimeField(null=True, blank=True, editable=False)
    erased_at = models.DateTimeField(null=True, blank=True, editable=False)

    search = SearchVectorField(null=True, editable=False)
    follower_count = models.PositiveIntegerField(default=0, editable=False)
    following_count = models.PositiveIntegerField(default=0, editable=False)

    objects = MemberManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["email"]

    class Meta:
        verbose_name = _("member")
        verbose_name_plural = _("members")
        constraints = [
            models.UniqueConstraint("username_key", name="member_username_key_unique"),
            models.UniqueConstraint("username_skeleton", name="member_username_skeleton_unique"),
            models.UniqueConstraint(Upper("email"), name="member_email_unique"),
            models.CheckConstraint(
                condition=Q(trust_level__gte=FIRST_LEVEL, trust_level__lte=HIGHEST_LEVEL),
                name="member_trust_level_in_range",
            ),
            models.CheckConstraint(
                condition=Q(erased_at=None) | Q(email=None, is_active=False, display_name="", bio="", picture=""),
                name="member_erased_is_empty",
            ),
        ]
        indexes = [
            models.Index(fields=["-joined_at", "id"], name="member_joined"),
            GinIndex(fields=["search"], name="member_search"),
            models.Index(Upper("username"), name="member_username_upper"),
        ]

    def __str__(self) -> str:
        return self.shown_name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.username_key, self.username_skeleton = names.key(self.username), names.skeleton(self.username)
        self.email = (self.email or "").lower() or None
        only = kwargs.get("update_fields")
        if only is not None and "username" in only:
            only = kwargs["update_fields"] = {*only, "username_key", "username_skeleton"}
        if only is None or not {"username", "display_name"}.isdisjoint(only):
            self.search = self.search_document()
            kwargs |= {"update_fields": {*only, "search"}} if only is not None else {}
        super().save(*args, **kwargs)

    def search_document(self) -> str:
        """What the search box finds this member by."""
        return search_document((self.username, "A"), (self.display_name, "A"))

    def get_absolute_url(self) -> str:
        return reverse("community_members:profile", args=[self.username])

    @property
    def shown_name(self) -> str:
        """The name to show, in the reader's language for former members."""
        if self.erased_at:
            return gettext("former member")
        return self.display_name or self.username

    @property
    def is_silenced(self) -> bool:
        return bool(self.silenced_until and self.silenced_until > clock.now())

    @property
    def is_suspended(self) -> bool:
        return bool(self.suspended_until and self.suspended_until > clock.now())

    @property
    def moderates_somewhere(self) -> bool:
        """Whether the queue is open to them; which rows of it, the queue decides. Boards keep the flag when their
        moderating groups change."""
        return self.is_operator or self.is_moderator

    @cached_property
    def zone(self) -> dt.tzinfo | None:
        """The member's time zone; None for the site's."""
        return zoneinfo.ZoneInfo(self.time_zone) if self.time_zone else None

    # What Django's admin asks of a user
    @property
    def is_staff(self) -> bool:
        return self.is_operator

    @property
    def is_superuser(self) -> bool:
        return self.is_operator

    def has_perm(self, perm: str, obj: Any = None) -> bool:
        return self.is_active and self.is_operator

    def has_perms(self, perm_list: Any, obj: Any = None) -> bool:
        return self.has_perm("")

    def has_module_perms(self, app_label: str) -> bool:
        return self.has_perm("")


class FormerName(models.Model):
    """A name a member had. It leads to the member and is nobody else's, so that old links cannot be taken over."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    member = models.ForeignKey(Member, models.CASCADE, related_name="former_names")
    username = models.CharField(max_length=names.LONGEST)
    username_key = models.CharField(max_length=120)
    username_skeleton = models.CharField(max_length=120)
    left_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("former name")
        verbose_name_plural = _("former names")
        constraints = [
            models.UniqueConstraint("username_key", name="former_name_key_unique"),
        ]
        indexes = [models.Index(fields=["username_skeleton"], name="former_name_skeleton")]

    def __str__(self) -> str:
        return self.username


class Acceptance(models.Model):
    """A member accepted a version of the terms or of the privacy statement."""

    TERMS, PRIVACY = "terms", "privacy"
    DOCUMENTS = [(TERMS, _("terms of use")), (PRIVACY, _("privacy statement"))]

    member = models.ForeignKey(Member, models.CASCADE, related_name="acceptances")
    document = models.CharField(max_length=10, choices=DOCUMENTS)
    version = models.CharField(max_length=20)
    accepted_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("acceptance")
        verbose_name_plural = _("acceptances")
        constraints = [models.UniqueConstraint("member", "document", "version", name="acceptance_once_a_version")]

    def __str__(self) -> str:
        return f"{self.document} {self.version}"
