"""What members are told of topics and posts."""

import uuid
from collections.abc import Iterable

from community.boards.models import Post, Topic
from community.boards.quoting import quoted_ids
from community.notifications import asking, watching
from community.notifications.noticing import Reference, forget_source, tell
from community.notifications.watching import hearers
from community.outbox.events import Event, handles
from community.polls.models import Ballot


def _id(event: Event, name: str) -> uuid.UUID:
    return uuid.UUID(event.payload[name])


def _tell_hearers(
    event: Event, kind: str, to: Iterable[uuid.UUID], topic: Topic, source: Reference, *, one_a_source: bool = False
) -> None:
    """Tell those of `to` who may read the topic and did not mute it."""
    heard = hearers(topic).filter(pk__in=set(to)).values_list("pk", flat=True)
    by = _id(event, "by") if event.payload.get("by") else None
    tell(kind=kind, to=heard, target=("topic", topic.pk), source=source, by=by, one_a_source=one_a_source)


@handles("topic.published", "post.published")
def tell_of_post(event: Event) -> None:
    """Whom it answers, quotes and names, who answers for what it is about, who watches: each is told once, of what
    concerns them most."""
    post = watching.post_to_tell(_id(event, "post"))
    if post is None:
        return
    if post.reply_to and post.reply_to.author_id:
        _tell_of(event, "reply", [post.reply_to.author_id], post)
    _tell_named(event, post)
    if post.is_opening:
        asking.ask_the_makers(post=post)
    watching.tell_portion(post_id=post.pk)


@handles("watchers.waiting")
def tell_watchers(event: Event) -> None:
    watching.tell_portion(post_id=_id(event, "post"), kind=event.payload["kind"], after=event.payload["after"])


@handles("post.edited")
def tell_of_new_names(event: Event) -> None:
    post = watching.post_to_tell(_id(event, "post"))
    if post is not None:
        _tell_named(event, post)


def _tell_named(event: Event, post: Post) -> None:
    quoted = Post.objects.filter(pk__in=quoted_ids(post.source), author__isnull=False).values_list("author", flat=True)
    _tell_of(event, "quote", quoted, post)
    _tell_of(event, "mention", post.mentions, post)


def _tell_of(event: Event, kind: str, to: Iterable[uuid.UUID], post: Post) -> None:
    _tell_hearers(event, kind, to, post.topic, ("post", post.pk), one_a_source=True)


@handles("post.removed")
def forget_post(event: Event) -> None:
    forget_source(source=("post", _id(event, "post")))


@handles("topic.about")
def tell_makers(event: Event) -> None:
    """The topic speaks of other subjects now."""
    post = watching.post_to_tell(_id(event, "post"))
    if post is not None:
        asking.ask_the_makers(post=post)


@handles("topic.moved")
def tell_author_of_move(event: Event) -> None:
    """Whose topic it is, and whose was merged into it: it stands elsewhere now."""
    topic = Topic.objects.filter(pk=_id(event, "topic")).first()
    if topic is None:
        return
    lost = event.payload["from"]
    came_from = Topic.objects.filter(pk=_id(event, "from")).first() if lost else None
    author = came_from.author_id if came_from else topic.author_id
    source = ("move", uuid.uuid5(topic.pk, f"{topic.board_id} {lost}"))
    _tell_hearers(event, "moved", [author] if author else [], topic, source)


@handles("answer.accepted")
def tell_answerer(event: Event) -> None:
    topic = Topic.objects.filter(pk=_id(event, "topic")).first()
    if topic is not None and event.payload.get("member"):
        _tell_hearers(event, "answer", [_id(event, "member")], topic, ("post", _id(event, "post")))


@handles("reaction.given")
def tell_of_reaction(event: Event) -> None:
    """One source a member and post, so that a changed mind is not told twice."""
    post = Post.objects.filter(pk=_id(event, "post")).select_related("topic").first()
    if post is not None and post.author_id:
        source = ("reaction", uuid.uuid5(post.pk, event.payload["by"]))
        _tell_hearers(event, "reaction", [post.author_id], post.topic, source)


@handles("poll.closed")
def tell_of_result(event: Event) -> None:
    """Whoever asked and whoever voted."""
    topic = Topic.objects.filter(pk=_id(event, "topic")).first()
    if topic is None:
        return
    voters = Ballot.objects.filter(poll__topic=topic, member__isnull=False).values_list("member_id", flat=True)
    to = [*voters, *([topic.author_id] if topic.author_id else [])]
    _tell_hearers(event, "poll", to, topic, ("poll", _id(event, "poll")))
