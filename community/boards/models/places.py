"""Boards, the categories they are grouped in, and the rights that people have on them."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from community.boards import rights
from community.foundation.clock import now
from community.foundation.ids import uuid7
from community.foundation.problems import NotThere


class Kind(models.TextChoices):
    """What a board is for. Ideas, complaints and polls add their own fields from above through `boards.extras`."""

    DISCUSSION = "discussion", _("Discussion")
    WORD_OF_MOUTH = "word_of_mouth", _("Word of mouth")
    QUESTION = "question", _("Questions")
    IDEA = "idea", _("Ideas")
    COMPLAINT = "complaint", _("Complaints")
    NOTICE = "notice", pgettext_lazy("kind of board", "Notices")


class Named(models.Model):
    """A name in English and one in Korean; where the Korean one is missing, the other serves."""

    name = models.CharField(_("name"), max_length=80)
    name_ko = models.CharField(_("Korean name"), max_length=80, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.shown_name

    @property
    def shown_name(self) -> str:
        return in_language(self.name, self.name_ko)


def in_language(text: str, korean: str) -> str:
    """The Korean text for those who read Korean, where there is one."""
    return korean if korean and (get_language() or "").startswith("ko") else text


class BoardCategory(Named):
    """A heading under which boards stand in the list."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    slug = models.SlugField(_("address"), max_length=60, unique=True, allow_unicode=True)
    position = models.PositiveIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("category of boards")
        verbose_name_plural = _("categories of boards")
        ordering = ("position", "name")


class BoardQuerySet(models.QuerySet["Board"]):
    def visible_to(self, member: Any) -> Self:
        """Boards whose name, customs and topics `member` may read."""
        return self.filter(pk__in=rights.readable_board_ids(member))

    def open_to(self, member: Any, verb: str) -> Self:
        """Boards on which `member` may do `verb`."""
        return self.filter(pk__in=rights.board_ids(member, verb))

    def get_visible(self, member: Any, slug: str) -> "Board":
        """The board at this address, if `member` may read it. Raises NotThere if not."""
        board = self.visible_to(member).select_related("category").filter(slug=slug).first()
        if board is None:
            raise NotThere
        return board

    def in_order(self) -> Self:
        """As the list shows them: by category, then position, then name."""
        return self.select_related("category").order_by("category__position", "category__name", "position", "name")


class Board(Named):
    """A section of the forum."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    category = models.ForeignKey(
        BoardCategory, models.PROTECT, related_name="boards", verbose_name=_("category"), null=True, blank=True
    )
    slug = models.SlugField(_("address"), max_length=60, unique=True, allow_unicode=True)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices, default=Kind.DISCUSSION)
    description = models.CharField(
        _("description"), max_length=300, blank=True, help_text=_("One sentence shown under the name in lists.")
    )
    description_ko = models.CharField(_("Korean description"), max_length=300, blank=True)
    customs = models.TextField(
        _("customs"),
        max_length=5000,
        blank=True,
        help_text=_("How people get on with each other here, in Markdown. Shown beside the composer."),
    )
    customs_html = models.TextField(editable=False, blank=True)
    position = models.PositiveIntegerField(_("position"), default=0)
    own_topics_only = models.BooleanField(
        _("own topics only"),
        default=False,
        help_text=_("Everyone sees the topics they started and no others; moderators of the board see all."),
    )
    created_at = models.DateTimeField(_("made"), default=now, editable=False)
    topic_count = models.PositiveIntegerField(_("topics"), default=0, editable=False)
    post_count = models.PositiveIntegerField(_("posts"), default=0, editable=False)

    objects = BoardQuerySet.as_manager()

    class Meta:
        verbose_name = _("board")
        verbose_name_plural = _("boards")
        ordering = ("position", "name")
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="board_kind_is_known"),
            models.CheckConstraint(condition=~Q(name=""), name="board_has_a_name"),
        ]

    def get_absolute_url(self) -> str:
        return reverse("community_boards:board", args=[self.slug])

    @property
    def shown_description(self) -> str:
        return in_language(self.description, self.description_ko)


class BoardRight(models.Model):
    """One verb on one board granted to an audience. Whatever no row grants is not allowed.

    To moderate is to read, post and reply too. Operators may do everything everywhere and need no row.
    """

    class Verb(models.TextChoices):
        READ = "read", pgettext_lazy("right", "read")
        REPLY = "reply", pgettext_lazy("right", "reply")
        POST = "post", _("start topics")
        MODERATE = "moderate", _("moderate")

    class Audience(models.TextChoices):
        EVERYONE = "everyone", _("everyone, visitors too")
        MEMBERS = "members", _("members of a trust level or higher")
        GROUP = "group", _("a group")
        MEMBER = "member", _("one member")

    board = models.ForeignKey(Board, models.CASCADE, related_name="rights", verbose_name=_("board"))
    verb = models.CharField(_("may"), max_length=10, choices=Verb.choices)
    audience = models.CharField(_("who"), max_length=10, choices=Audience.choices)
    level = models.PositiveSmallIntegerField(_("least trust level"), default=0)
    group = models.ForeignKey(
        "auth.Group", models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("group")
    )
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("member")
    )

    class Meta:
        verbose_name = _("right on a board")
        verbose_name_plural = _("rights on boards")
        constraints = [
            models.UniqueConstraint(
                fields=["board", "verb", "audience", "group", "member"],
                name="board_right_is_granted_once",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                condition=~Q(audience="everyone") | Q(verb="read"), name="board_right_visitors_only_read"
            ),
            models.CheckConstraint(
                condition=Q(audience="group", group__isnull=False, member__isnull=True)
                | Q(audience="member", member__isnull=False, group__isnull=True)
                | Q(audience__in=["everyone", "members"], group__isnull=True, member__isnull=True),
                name="board_right_names_its_audience",
            ),
            models.CheckConstraint(
                condition=Q(level__lte=4) & (Q(level=0) | Q(audience="members")), name="board_right_level_is_0_to_4"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_audience_display()}: {self.get_verb_display()}"
