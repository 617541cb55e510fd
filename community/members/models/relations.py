"""Who follows and who ignores whom, and the teams that members speak for."""

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from community.foundation import clock
from community.foundation.ids import uuid7
from community.members.models.member import Member, Pictured


class Following(models.Model):
    """`follower` wants to hear what `followed` writes."""

    follower = models.ForeignKey(Member, models.CASCADE, related_name="followings")
    followed = models.ForeignKey(Member, models.CASCADE, related_name="followers")
    since = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("following")
        verbose_name_plural = _("followings")
        constraints = [
            models.UniqueConstraint("follower", "followed", name="following_once"),
            models.CheckConstraint(condition=~Q(follower=F("followed")), name="following_not_oneself"),
        ]
        indexes = [models.Index(fields=["followed", "id"], name="following_of")]


class Ignoring(models.Model):
    """`member` does not want to see anything of `ignored`, nor to be reached by them."""

    member = models.ForeignKey(Member, models.CASCADE, related_name="ignorings")
    ignored = models.ForeignKey(Member, models.CASCADE, related_name="ignored_by")
    since = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("ignoring")
        verbose_name_plural = _("ignorings")
        constraints = [
            models.UniqueConstraint("member", "ignored", name="ignoring_once"),
            models.CheckConstraint(condition=~Q(member=F("ignored")), name="ignoring_not_oneself"),
        ]
        indexes = [models.Index(fields=["ignored", "member"], name="ignoring_of")]


class TeamQuerySet(models.QuerySet["Team"]):
    def visible_to(self, viewer: Any) -> "TeamQuerySet":
        """Teams speak in public: everyone may see them, but for those that do not speak yet."""
        if getattr(viewer, "is_operator", False):
            return self
        if not getattr(viewer, "is_authenticated", False):
            return self.speaking()
        return self.filter(Q(speaks=True) | Q(pk__in=TeamMember.objects.filter(member=viewer).values("team")))

    def speaking(self) -> "TeamQuerySet":
        """Teams that others may turn to."""
        return self.filter(speaks=True)

    def of(self, member: Any) -> "TeamQuerySet":
        """The teams that `member` speaks for."""
        return self.filter(memberships__member_id=member.pk) if member.is_authenticated else self.none()


class Team(Pictured, models.Model):
    """Anyone who speaks with one voice: operators, a vendor's staff, the makers of a subject."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    slug = models.SlugField(_("address"), max_length=60, unique=True, allow_unicode=True)
    name = models.CharField(_("name"), max_length=80)
    about = models.CharField(_("about the team"), max_length=500, blank=True)
    speaks = models.BooleanField(
        _("speaks in public"), default=True, help_text=_("Not yet: only its members and operators see it.")
    )
    picture = models.CharField(max_length=100, blank=True, db_index=True, editable=False)
    created_at = models.DateTimeField(default=clock.now, editable=False)
    members: Any = models.ManyToManyField(Member, through="TeamMember", related_name="teams")

    objects = TeamQuerySet.as_manager()

    class Meta:
        verbose_name = _("team")
        verbose_name_plural = _("teams")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("community_members:team", args=[self.slug])


class TeamMember(models.Model):
    """A member speaks for a team; owners and managers choose who else does."""

    OWNER, MANAGER, CLERK = "owner", "manager", "clerk"
    ROLES = [(OWNER, _("owner")), (MANAGER, _("manager")), (CLERK, _("clerk"))]

    team = models.ForeignKey(Team, models.CASCADE, related_name="memberships")
    member = models.ForeignKey(Member, models.CASCADE, related_name="memberships")
    role = models.CharField(_("role"), max_length=10, choices=ROLES, default=CLERK)
    since = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("team member")
        verbose_name_plural = _("team members")
        constraints = [
            models.UniqueConstraint("team", "member", name="team_member_once"),
            models.CheckConstraint(condition=Q(role__in=["owner", "manager", "clerk"]), name="team_member_role_known"),
        ]

    def __str__(self) -> str:
        return f"{self.member} · {self.team}"
