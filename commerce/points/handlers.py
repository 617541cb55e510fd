"""What the community does earns points, and loses them when it is taken down. Each handler is about one member, since
its transaction locks the accounts of one."""

from typing import Any
from uuid import UUID

from commerce.ledger.accounts import member_account
from commerce.ledger.models import POINT, AccountKind
from commerce.points.models import Earning
from commerce.points.rewarding import reward, withdraw
from community.boards.models import Post, Topic
from community.boards.models.topics import State
from community.ideas.models import Idea
from community.members.models import Member
from community.notifications.noticing import tell
from community.outbox.events import Event, handles
from community.reviews.models import Review


@handles("review.published", "review.restored")
def reward_review(event: Event) -> None:
    """Words earn, a bare rating does not."""
    review = Review.objects.filter(pk=event.payload["review"], removed_at=None).exclude(source="").first()
    if review is not None:
        _reward(review.author_id, "review", ("review", review.pk))


@handles("review.removed")
def withdraw_review(event: Event) -> None:
    gone = Review.objects.filter(pk=event.payload["review"]).exclude(removed_at=None).first()
    if gone is not None:
        withdraw(source=("review", gone.pk), act="review")


@handles("answer.accepted")
def reward_answer(event: Event) -> None:
    """Nobody is thanked for answering themselves."""
    asked = Topic.objects.filter(pk=event.payload["topic"], answer=event.payload["post"]).first()
    answer = Post.objects.filter(pk=event.payload["post"], state=State.PUBLISHED).first()
    if asked is not None and answer is not None and answer.author_id != asked.author_id:
        _reward(answer.author_id, "answer", ("post", answer.pk))


@handles("answer.withdrawn")
def withdraw_answer(event: Event) -> None:
    if not Topic.objects.filter(pk=event.payload["topic"], answer=event.payload["post"]).exists():
        withdraw(source=("post", UUID(event.payload["post"])), act="answer")


@handles("idea.answered")
def reward_idea(event: Event) -> None:
    """The first time it comes true: `credited_at` stays, and so do the points."""
    idea = Idea.objects.filter(pk=event.payload["topic"]).exclude(credited_at=None).select_related("topic").first()
    if idea is not None and idea.topic.state == State.PUBLISHED:
        _reward(idea.topic.author_id, "idea", ("topic", idea.pk))


@handles("post.removed")
def withdraw_post(event: Event) -> None:
    """An answer that is gone, or the topic of an idea."""
    post = Post.objects.filter(pk=event.payload["post"]).exclude(state=State.PUBLISHED).first()
    if post is not None:
        withdraw(source=("post", post.pk))
    topic = Topic.objects.filter(pk=event.payload["topic"]).exclude(state=State.PUBLISHED).first()
    if topic is not None:
        withdraw(source=("topic", topic.pk))


@handles("post.restored")
def reward_restored(event: Event) -> None:
    post = Post.objects.filter(pk=event.payload["post"], state=State.PUBLISHED).select_related("topic").first()
    if post is not None and post.topic.state == State.PUBLISHED:
        reward_answer(event)
        reward_idea(event)


@handles("points.arrived")
def tell_of_points(event: Event) -> None:
    _tell("points", event.payload)


@handles("points.taken_back")
def tell_of_points_taken_back(event: Event) -> None:
    _tell("points_taken_back", event.payload)


def _reward(member_id: Any, act: str, source: tuple[str, Any]) -> None:
    member = Member.objects.filter(pk=member_id, is_active=True, joined_at__isnull=False).first()
    if member is not None:
        reward(member=member, act=act, source=source)


def _tell(kind: str, payload: dict[str, Any]) -> None:
    earning = Earning.objects.filter(pk=payload["earning"]).first()
    if earning is not None:
        account = member_account(earning.member_id, AccountKind.AVAILABLE, POINT)
        tell(kind=kind, to=[earning.member_id], target=("points", account.pk), source=("earning", earning.pk))
