"""Topics: what a conversation is about, where it stands and what lists show of it."""

from typing import Any, Self

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Q
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from community.boards import rights
from community.boards.models.places import Board, Kind
from community.foundation.addresses import address_of
from community.foundation.clock import now
from community.foundation.ids import uuid7
from community.foundation.problems import NotThere
from community.members.ignoring import ignored_ids
from community.members.models.member import unshown

TITLE_LENGTH = 200
_UNREAD = ("board__customs", "board__customs_html", "board__created_at", *unshown("author", "last_poster"))


class State(models.TextChoices):
    """`removed` by its author, `hidden` by a moderator, `merged` into another topic (its address redirects)."""

    PUBLISHED = "published", _("published")
    HIDDEN = "hidden", _("hidden")
    REMOVED = "removed", _("removed")
    MERGED = "merged", _("merged")


def signed(member: Any) -> Any:
    """The id of a logged-in member, None for a guest."""
    return member.pk if member is not None and member.is_authenticated else None


class TopicQuerySet(models.QuerySet["Topic"]):
    def visible_to(self, member: Any) -> Self:
        """Topics that `member` may read.

        The board must be readable, the topic published, one's own on an own-topics-only board, and not by someone
        `member` ignores. Moderators of the board see all of it; authors still see their own that were hidden or removed.
        """
        allowed = rights.rights_of(member)
        me = signed(member)
        moderated = Q(board_id__in=allowed.moderate)
        mine = Q(author_id=me) if me else Q(pk__in=[])
        public = Q(board_id__in=allowed.read) & ~Q(state=State.MERGED)
        open_to_all = Q(state=State.PUBLISHED, own_only=False)
        ignored = ignored_ids(member) if me else frozenset()
        if ignored:
            open_to_all &= ~Q(author_id__in=ignored) | Q(author_id=None)
        return self.filter(public & (open_to_all | mine | moderated))

    def listed_for(self, member: Any) -> Self:
        """The visible topics that lists show: the published ones, with what a row shows of them."""
        return self.visible_to(member).filter(state=State.PUBLISHED).with_row()

    def with_row(self) -> Self:
        """Joined with what a list row shows; what it does not show is left unread."""
        return self.select_related("board", "author", "last_poster").defer("search", *_UNREAD)

    def get_visible(self, member: Any, topic_id: Any) -> "Topic":
        """The topic with this id, if `member` may see it. Raises NotThere if not."""
        topic = self.visible_to(member).with_row().filter(pk=topic_id).first()
        if topic is None:
            raise NotThere
        return topic


class Topic(models.Model):
    """A conversation. Its opening text is post number 1."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    board = models.ForeignKey(Board, models.PROTECT, related_name="topics", verbose_name=_("board"))
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="topics", verbose_name=_("author")
    )
    title = models.CharField(_("title"), max_length=TITLE_LENGTH)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.PUBLISHED)
    state_reason = models.CharField(_("reason"), max_length=300, blank=True)
    own_only = models.BooleanField(
        default=False, editable=False
    )  # the board's own_topics_only, where lists filter by it
    pinned = models.BooleanField(_("pinned"), default=False)
    locked = models.BooleanField(_("locked"), default=False)
    slow_seconds = models.PositiveIntegerField(_("seconds between posts of a member"), default=0)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="absorbed")
    answer = models.ForeignKey(
        "community_boards.Post",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("accepted answer"),
    )
    answer_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    answer_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(_("started"), default=now)
    bumped_at = models.DateTimeField(_("last voice"), default=now)
    last_poster = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    last_number = models.PositiveIntegerField(default=0)  # the highest post number ever given here
    post_count = models.PositiveIntegerField(_("posts"), default=0)
    poster_count = models.PositiveIntegerField(_("people"), default=0)
    score = models.IntegerField(_("score"), default=0)  # reactions and votes, given by the apps above
    hot = models.FloatField(_("hot"), default=0.0)
    search = SearchVectorField(null=True, editable=False)
    imported_as = models.CharField(max_length=100, null=True, blank=True, editable=False)  # noqa: DJ001  (unique unless absent)

    objects = TopicQuerySet.as_manager()

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        constraints = [
            models.CheckConstraint(condition=Q(state__in=State.values), name="topic_state_is_known"),
            models.CheckConstraint(condition=~Q(title=""), name="topic_has_a_title"),
            models.CheckConstraint(
                condition=Q(state="merged", merged_into__isnull=False) | ~Q(state="merged") & Q(merged_into=None),
                name="topic_merged_names_where",
            ),
            models.CheckConstraint(condition=~Q(merged_into=models.F("id")), name="topic_not_merged_into_itself"),
            models.CheckConstraint(condition=Q(slow_seconds__lte=86_400), name="topic_slow_mode_at_most_a_day"),
            models.CheckConstraint(
                condition=Q(answer=None, answer_at=None) | Q(answer_at__isnull=False), name="topic_answer_has_time"
            ),
            models.UniqueConstraint(fields=["imported_as"], name="topic_imported_once"),
        ]
        indexes = [
            models.Index(fields=["board", "-bumped_at", "-id"], condition=Q(state="published"), name="topic_board_new"),
            models.Index(fields=["board", "-hot", "-id"], condition=Q(state="published"), name="topic_board_hot"),
            models.Index(fields=["board", "-score", "-id"], condition=Q(state="published"), name="topic_board_top"),
            models.Index(fields=["-bumped_at", "-id"], condition=Q(state="published"), name="topic_new"),
            models.Index(fields=["-hot", "-id"], condition=Q(state="published"), name="topic_hot"),
            models.Index(fields=["-score", "-id"], condition=Q(state="published"), name="topic_top"),
            models.Index(fields=["board"], condition=Q(pinned=True), name="topic_pinned"),
            models.Index(fields=["author", "-id"], name="topic_by_author"),
            models.Index(fields=["hot"], condition=Q(hot__gt=0), name="topic_hot_to_cool"),
            GinIndex(fields=["search"], name="topic_search"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return address_of("community_boards:topic", self.pk)

    @property
    def slug(self) -> str:
        """The title as part of an address, for display alone; topics are found by id."""
        return slugify(self.title, allow_unicode=True)[:80]

    @property
    def reply_count(self) -> int:
        return max(0, self.post_count - 1)

    @property
    def is_question(self) -> bool:
        return self.board.kind == Kind.QUESTION

    @property
    def is_published(self) -> bool:
        return self.state == State.PUBLISHED
