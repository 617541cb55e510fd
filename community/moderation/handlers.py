"""Tell those whom a decision concerns; record what was hidden without the queue; forget erased members."""

import uuid

from django.apps import apps

from community.boards.models import Post
from community.boards.models.topics import State
from community.moderation import erasing, recording
from community.moderation.models import Appeal, Decision, Outcome, Sanction
from community.notifications.noticing import tell
from community.outbox.events import Event, handles


@handles("flag.decided")
def tell_of_decision(event: Event) -> None:
    decision = Decision.objects.select_related("case").filter(pk=event.payload["decision"]).first()
    if decision is None:
        return
    reference = ("decision", decision.pk)
    author = decision.case.author_id
    if decision.outcome != Outcome.KEPT and author and author != decision.by_id:
        tell(kind="moderated", to=[author], target=reference, source=reference)
    for flag in decision.case.flags.exclude(member=None):
        tell(
            kind="flag_decided",
            to=[flag.member_id] if flag.member_id else [],
            target=("flag", flag.pk),
            source=reference_of_outcome(decision),
        )


def reference_of_outcome(decision: Decision) -> tuple[str, uuid.UUID]:
    """The source of a reporter's notice: no registered kind, since reporters do not see the statement to the author."""
    return ("outcome", decision.pk)


@handles("appeal.answered")
def tell_of_answer(event: Event) -> None:
    appeal = Appeal.objects.select_related("decision__case").filter(pk=event.payload["appeal"]).first()
    author = appeal.decision.case.author_id if appeal else None
    if appeal and author:
        reference = ("decision", appeal.decision_id)
        tell(kind="appeal_answered", to=[author], target=reference, source=("appeal", appeal.pk))


@handles("sanction.given")
def tell_of_sanction(event: Event) -> None:
    sanction = Sanction.objects.filter(pk=event.payload["sanction"]).first()
    if sanction is not None:
        reference = ("sanction", sanction.pk)
        tell(kind="sanction", to=[sanction.member_id], target=reference, source=reference)


@handles("post.removed")
def record_hidden_post(event: Event) -> None:
    """A moderator hid it where it stands, not by the queue: the author gets the same statement of reasons."""
    post = Post.objects.select_related("topic").filter(pk=event.payload["post"]).first()
    if post is None:
        return
    if post.topic.state == State.HIDDEN and post.is_opening:
        recording.record_hidden(kind="topic", target=post.topic, by=event.payload["by"], also=("post", post.pk))
    elif post.state == State.HIDDEN:
        recording.record_hidden(kind="post", target=post, by=event.payload["by"])


@handles("review.removed")
def record_hidden_review(event: Event) -> None:
    review = apps.get_model("community_reviews.Review").objects.filter(pk=event.payload["review"]).first()
    if review is not None and review.removed_at and review.removed_by_id != review.author_id:
        recording.record_hidden(kind="review", target=review, by=event.payload["by"])


@handles("member.erased")
def forget_member(event: Event) -> None:
    erasing.forget(member_id=uuid.UUID(event.payload["member"]))
