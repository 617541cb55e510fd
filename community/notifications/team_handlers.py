"""What teams and those who wait for them are told: complaints, ideas, subjects and reviews of what a team answers for."""

import uuid

from community.boards.models import Topic
from community.complaints.models import Complaint, Status, Step
from community.ideas.models import IdeaAnswer, IdeaVote
from community.members.models import Member, TeamMember
from community.notifications.asking import stewards
from community.notifications.noticing import tell
from community.outbox.events import Event, handles
from community.reviews.models import Review
from community.subjects.models import Subject


def _by(event: Event) -> uuid.UUID | None:
    return uuid.UUID(event.payload["by"]) if event.payload.get("by") else None


def _source(name: str, *parts: object) -> tuple[str, uuid.UUID]:
    """A source whose rows have no id of their own that others know: the same parts are the same source."""
    return name, uuid.uuid5(uuid.NAMESPACE_OID, " ".join(map(str, (name, *parts))))


def _speakers(team: uuid.UUID) -> list[uuid.UUID]:
    return list(TeamMember.objects.filter(team=team).values_list("member_id", flat=True))


@handles("complaint.opened", "complaint.reopened")
def tell_owners(event: Event) -> None:
    """The team that owns it; a complaint that was handed over or reopened is told anew."""
    complaint = Complaint.objects.filter(topic=event.payload["topic"]).first()
    if complaint is None:
        return
    last = Step.objects.filter(complaint=complaint).order_by("-pk").values_list("pk", flat=True).first()
    target, source = ("topic", complaint.topic_id), _source("complaint", complaint.pk, complaint.team_id, last)
    tell(kind="complaint_owned", to=_speakers(complaint.team_id), target=target, source=source, by=_by(event))


@handles("complaint.late")
def tell_late(event: Event) -> None:
    """Its team and the operators, once each time that the clock runs out."""
    complaint = Complaint.objects.filter(topic=event.payload["topic"]).first()
    if complaint is None:
        return
    operators = Member.objects.filter(is_operator=True, is_active=True).values_list("pk", flat=True)
    to = [*_speakers(uuid.UUID(event.payload["team"])), *operators]
    source = _source("late", complaint.pk, complaint.due_at)
    tell(kind="complaint_late", to=to, target=("topic", complaint.topic_id), source=source)


@handles("complaint.answered")
def tell_complainant(event: Event) -> None:
    topic = Topic.objects.filter(pk=event.payload["topic"]).first()
    if topic is None or topic.author_id is None:
        return
    last = Step.objects.filter(complaint__topic=topic).order_by("-pk").values_list("pk", flat=True).first()
    source = _source("step", topic.pk, last)
    kind = "complaint" if event.payload["status"] == Status.ANSWERED else "complaint_working"
    tell(kind=kind, to=[topic.author_id], target=("topic", topic.pk), source=source, by=_by(event))


@handles("complaint.settled")
def tell_owners_of_outcome(event: Event) -> None:
    complaint = Complaint.objects.filter(topic=event.payload["topic"], status=Status.CONFIRMED).first()
    if complaint is not None:
        source = _source("settled", complaint.pk, complaint.closed_at)
        target = ("topic", complaint.topic_id)
        tell(kind="complaint_settled", to=_speakers(complaint.team_id), target=target, source=source, by=_by(event))


@handles("idea.answered")
def tell_of_idea(event: Event) -> None:
    """Its author and everyone who voted for it."""
    topic = Topic.objects.filter(pk=event.payload["topic"]).first()
    answer = IdeaAnswer.objects.filter(idea__topic=event.payload["topic"]).order_by("-created_at").first()
    if topic is None or answer is None:
        return
    to = list(IdeaVote.objects.filter(idea=answer.idea_id).values_list("member_id", flat=True))
    to += [topic.author_id] if topic.author_id else []
    source = _source("idea_answer", answer.pk)
    tell(kind="idea", to=to, target=("topic", topic.pk), source=source, by=_by(event))


@handles("review.published")
def tell_stewards(event: Event) -> None:
    review = Review.objects.filter(pk=event.payload["review"]).first()
    if review is not None:
        target, source = ("subject", review.subject_id), ("review", review.pk)
        tell(kind="review", to=stewards([review.subject_id]), target=target, source=source, by=review.author_id)


@handles("review.replied")
def tell_reviewer(event: Event) -> None:
    review = Review.objects.filter(pk=event.payload["review"]).first()
    if review is not None and review.author_id:
        source = ("reply", uuid.UUID(event.payload["reply"]))
        tell(
            kind="review_reply",
            to=[review.author_id],
            target=("subject", review.subject_id),
            source=source,
            by=_by(event),
        )


@handles("review.helped")
def tell_helper(event: Event) -> None:
    """Who found it helpful is nobody's business: the notice names none."""
    review = Review.objects.filter(pk=event.payload["review"], removed_at=None).first()
    if review is not None and review.author_id:
        source = _source("helpful", review.pk, event.payload["by"])
        tell(kind="helpful", to=[review.author_id], target=("subject", review.subject_id), source=source)


@handles("subject.merged")
def tell_of_merge(event: Event) -> None:
    """Whoever entered either of the two, and the teams that answer for what they are now."""
    lost, into = event.payload["subject"], uuid.UUID(event.payload["into"])
    creators = Subject.objects.filter(pk__in=[lost, into], creator__isnull=False).values_list("creator", flat=True)
    to = {*creators, *stewards([into])}
    tell(kind="merged", to=to, target=("subject", into), source=_source("merge", lost, into), by=_by(event))
