"""What members are told of the events of the apps to the left."""

import uuid

from community.boards.models import Post
from community.members.models import Member
from community.notifications import announcing, erasing, team_handlers
from community.notifications.noticing import Reference, forget_source, tell
from community.outbox.events import Event, handles

TEAMS = team_handlers.__name__  # its handlers are found by being imported here


def _id(event: Event, name: str) -> uuid.UUID:
    return uuid.UUID(event.payload[name])


def _tell(event: Event, kind: str, to: list[uuid.UUID], target: Reference, source: Reference) -> None:
    tell(kind=kind, to=to, target=target, source=source, by=_id(event, "by"))


@handles("topic.published", "post.published")
def tell_of_post(event: Event) -> None:
    """Whom it answers and whom it names; each is told once, of what concerns them most."""
    post = Post.objects.filter(pk=_id(event, "post")).select_related("reply_to").first()
    if post is None or not post.is_published:
        return
    target, source = ("topic", post.topic_id), ("post", post.pk)
    answered = [post.reply_to.author_id] if post.reply_to and post.reply_to.author_id else []
    _tell(event, "reply", answered, target, source)
    _tell(event, "mention", [member for member in post.mentions if member not in answered], target, source)


@handles("post.edited")
def tell_of_new_mentions(event: Event) -> None:
    post = Post.objects.filter(pk=_id(event, "post")).first()
    if post is not None and post.is_published:
        _tell(event, "mention", post.mentions, ("topic", post.topic_id), ("post", post.pk))


@handles("post.removed")
def forget_post(event: Event) -> None:
    forget_source(source=("post", _id(event, "post")))


@handles("answer.accepted")
def tell_answerer(event: Event) -> None:
    author = event.payload.get("member")
    if author:
        _tell(event, "answer", [uuid.UUID(author)], ("topic", _id(event, "topic")), ("post", _id(event, "post")))


@handles("reaction.given")
def tell_of_reaction(event: Event) -> None:
    post = Post.objects.filter(pk=_id(event, "post")).first()
    if post is not None and post.author_id:
        _tell(event, "reaction", [post.author_id], ("topic", post.topic_id), _reaction(event))


def _reaction(event: Event) -> Reference:
    """One source a member and post, so that a changed mind is not told twice."""
    return "reaction", uuid.uuid5(_id(event, "post"), event.payload["by"])


@handles("member.followed")
def tell_followed(event: Event) -> None:
    member = _id(event, "member")
    _tell(event, "follow", [member], ("member", member), ("member", _id(event, "by")))


@handles("announcement.made")
def tell_everyone(event: Event) -> None:
    announcing.tell_portion(announcement_id=_id(event, "announcement"), after=event.payload.get("after", ""))


@handles("member.erased")
def forget_member(event: Event) -> None:
    member = Member.objects.filter(pk=_id(event, "member")).first()
    if member is not None:
        erasing.forget(member=member)
