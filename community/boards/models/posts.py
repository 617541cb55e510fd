"""Posts, the messages of a topic, and the revisions that their edits leave."""

from typing import Any, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Length
from django.db.models.lookups import LessThanOrEqual
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from community.boards import rights
from community.boards.models.topics import TITLE_LENGTH, State, Topic, signed
from community.foundation.addresses import address_of
from community.foundation.clock import now
from community.foundation.ids import uuid7
from community.foundation.problems import NotThere
from community.members.ignoring import ignored_ids
from community.members.models.member import unshown

BODY_LENGTH = 20_000
PAGE = 20
_TEXTS = ("source", "html", "text", "search")


class PostState(models.TextChoices):
    """As of a topic, but a post is never merged."""

    PUBLISHED = State.PUBLISHED.value, State.PUBLISHED.label
    HIDDEN = State.HIDDEN.value, State.HIDDEN.label
    REMOVED = State.REMOVED.value, State.REMOVED.label


class PostQuerySet(models.QuerySet["Post"]):
    def visible_to(self, member: Any) -> Self:
        """Posts that `member` may read: those of visible topics that are published and not by someone `member` ignores.

        Moderators of the board see all of it; authors still see their own that were hidden or removed.
        """
        allowed = rights.rights_of(member)
        me = signed(member)
        ignored = ignored_ids(member) if me else frozenset()
        moderated = Q(topic__board_id__in=allowed.moderate)
        topic_mine = Q(topic__author_id=me) if me else Q(pk__in=[])
        topic_open = Q(topic__state=State.PUBLISHED, topic__own_only=False)
        post_open = Q(state=State.PUBLISHED)
        if ignored:
            topic_open &= ~Q(topic__author_id__in=ignored) | Q(topic__author_id=None)
            post_open &= ~Q(author_id__in=ignored) | Q(author_id=None)
        if me:
            post_open |= Q(author_id=me)
        public = Q(topic__board_id__in=allowed.read) & ~Q(topic__state=State.MERGED)
        return self.filter(public & (moderated | (topic_open | topic_mine) & post_open))

    def with_people(self) -> Self:
        """Joined with what a page shows of each post."""
        people = self.select_related("author", "reply_to").defer(*unshown("author"))
        return people.defer("source", "search", *(f"reply_to__{name}" for name in _TEXTS))

    def on_page(self, page: int) -> Self:
        """The posts of a topic's numbered page: a range of post numbers, so page 50 costs what page 1 costs."""
        return self.filter(number__gt=(page - 1) * PAGE, number__lte=page * PAGE).order_by("number")

    def get_visible(self, member: Any, post_id: Any) -> "Post":
        """The post with this id, if `member` may see it. Raises NotThere if not."""
        post = self.visible_to(member).select_related("topic__board", "author").filter(pk=post_id).first()
        if post is None:
            raise NotThere
        return post


class Post(models.Model):
    """A message in a topic. `html` is made from `source` when it is written, never when it is read."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    topic = models.ForeignKey(Topic, models.PROTECT, related_name="posts", verbose_name=_("topic"))
    number = models.PositiveIntegerField(_("number"))
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="posts", verbose_name=_("author")
    )
    reply_to = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="answers", verbose_name=_("reply to")
    )
    source = models.TextField(_("text"), max_length=BODY_LENGTH)
    html = models.TextField(editable=False)
    text = models.TextField(editable=False, blank=True)  # without mark-up: snippets, letters, feeds
    renderer = models.PositiveSmallIntegerField(default=0, editable=False)  # foundation.markdown.VERSION that made html
    mentions = ArrayField(models.UUIDField(), default=list, blank=True, editable=False)
    images = ArrayField(models.TextField(), default=list, blank=True, editable=False)
    state = models.CharField(_("state"), max_length=10, choices=PostState.choices, default=PostState.PUBLISHED)
    state_reason = models.CharField(_("reason"), max_length=300, blank=True)
    state_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    state_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(_("written"), default=now)
    edited_at = models.DateTimeField(pgettext_lazy("when", "edited"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)  # counts saves; the ETag
    revision_count = models.PositiveIntegerField(default=0, editable=False)
    reaction_count = models.PositiveIntegerField(_("reactions"), default=0, editable=False)
    submission = models.UUIDField(null=True, blank=True, editable=False)  # of the form; a second send is the same post
    search = SearchVectorField(null=True, editable=False)
    imported_as = models.CharField(max_length=100, null=True, blank=True, editable=False)  # noqa: DJ001  (unique unless absent)

    objects = PostQuerySet.as_manager()

    class Meta:
        verbose_name = _("post")
        verbose_name_plural = _("posts")
        constraints = [
            models.UniqueConstraint(fields=["topic", "number"], name="post_number_is_given_once"),
            models.UniqueConstraint(fields=["author", "submission"], name="post_sent_once"),
            models.UniqueConstraint(fields=["imported_as"], name="post_imported_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="post_numbers_begin_at_1"),
            models.CheckConstraint(condition=Q(state__in=PostState.values), name="post_state_is_known"),
            models.CheckConstraint(condition=~Q(source=""), name="post_is_not_empty"),
            models.CheckConstraint(
                condition=LessThanOrEqual(Length("source"), BODY_LENGTH), name="post_at_most_20000_characters"
            ),
            models.CheckConstraint(condition=~Q(reply_to=models.F("id")), name="post_does_not_answer_itself"),
        ]
        indexes = [
            models.Index(fields=["author", "-id"], name="post_by_author"),
            models.Index(fields=["renderer"], name="post_renderer"),
            GinIndex(fields=["search"], name="post_search"),
        ]

    def __str__(self) -> str:
        return f"#{self.number}"

    def get_absolute_url(self) -> str:
        """An address that stays true when the post moves to another topic: it redirects to where the post stands."""
        return address_of("community_boards:post", self.pk)

    @property
    def page(self) -> int:
        return (self.number - 1) // PAGE + 1

    @property
    def anchor(self) -> str:
        return f"post-{self.number}"

    @property
    def is_opening(self) -> bool:
        return self.number == 1

    @property
    def is_published(self) -> bool:
        return self.state == State.PUBLISHED


class RevisionQuerySet(models.QuerySet["Revision"]):
    def visible_to(self, member: Any) -> Self:
        """Earlier texts of the posts that `member` may read while they are published; of hidden or removed ones, and
        revisions that a moderator hid, for moderators of the board alone."""
        posts = Post.objects.visible_to(member)
        moderated = Q(post__topic__board_id__in=rights.board_ids(member, "moderate"))
        shown = Q(hidden=False, post__state=State.PUBLISHED, post__topic__state=State.PUBLISHED)
        return self.filter(moderated | shown & Q(post__in=posts))


class Revision(models.Model):
    """What a post (and the title, if it is the opening one) said before an edit."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    post = models.ForeignKey(Post, models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=TITLE_LENGTH, blank=True)
    source = models.TextField()
    written_at = models.DateTimeField()  # when the text that this row keeps was current first
    edited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    hidden = models.BooleanField(_("hidden"), default=False)

    objects = RevisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("revision")
        verbose_name_plural = _("revisions")
        constraints = [models.UniqueConstraint(fields=["post", "number"], name="revision_number_is_given_once")]

    def __str__(self) -> str:
        return f"#{self.number}"
