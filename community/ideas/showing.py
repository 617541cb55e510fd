"""How ideas stand, as one member sees them."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import OuterRef, Subquery

from community.boards.models import Topic
from community.ideas.answering import may_answer
from community.ideas.models import Idea, IdeaAnswer, IdeaVote, Status
from community.members.standing import has_voice

TONES = {
    Status.OPEN: "",
    Status.CONSIDERING: "sky",
    Status.PLANNED: "plum",
    Status.WORKING: "mustard",
    Status.SHIPPED: "success",
    Status.DECLINED: "",
}


@dataclass(frozen=True)
class IdeaShown:
    """An idea with the reader's part in it. `answers` is filled on the topic's page alone."""

    idea: Idea
    topic: Topic
    last_answer: IdeaAnswer | None
    voted: bool
    may_vote: bool
    may_answer: bool = False
    answers: tuple[IdeaAnswer, ...] = ()

    @property
    def tone(self) -> str:
        return TONES[Status(self.idea.status)]

    @property
    def row_looks(self) -> tuple[str, int]:
        """All that a list row shows of it (`{% drawn %}`)."""
        return (self.idea.status, self.idea.vote_count)

    @property
    def values(self) -> dict[str, Any]:
        """What REST says of it."""
        answer = self.last_answer
        return {
            "stage": self.idea.stage,
            "status": self.idea.status,
            "votes": self.idea.vote_count,
            "voted": self.voted,
            "answer": answer.source if answer else None,
            "answered_by": answer.team.slug if answer and answer.team else None,
            "credited_at": self.idea.credited_at,
        }


def ideas(topics: Iterable[Topic], member: Any) -> dict[uuid.UUID, IdeaShown]:
    """The ideas among these topics, by topic id; three queries, however many."""
    by_id = {topic.pk: topic for topic in topics}
    newest = IdeaAnswer.objects.filter(idea=OuterRef("pk")).order_by("-pk").values("pk")[:1]
    found = list(Idea.objects.filter(pk__in=by_id).annotate(newest=Subquery(newest)))
    answers = IdeaAnswer.objects.select_related("team").in_bulk([idea.newest for idea in found if idea.newest])
    voted: set[uuid.UUID] = set()
    if member.is_authenticated and found:
        voted = set(IdeaVote.objects.filter(member=member, idea__in=found).values_list("idea_id", flat=True))
    voice = has_voice(member)
    return {
        idea.pk: IdeaShown(
            idea=idea,
            topic=by_id[idea.pk],
            last_answer=answers.get(idea.newest),
            voted=idea.pk in voted,
            may_vote=voice and not idea.decided and by_id[idea.pk].is_published,
        )
        for idea in found
    }


def idea_of(topic: Topic, member: Any) -> IdeaShown | None:
    """The idea of one topic with all that was answered, newest first; None if it is none."""
    shown = ideas([topic], member).get(topic.pk)
    if shown is None:
        return None
    answers = IdeaAnswer.objects.filter(idea=shown.idea).select_related("team", "by").order_by("-pk")
    return IdeaShown(
        idea=shown.idea,
        topic=topic,
        last_answer=shown.last_answer,
        voted=shown.voted,
        may_vote=shown.may_vote,
        may_answer=may_answer(member, topic),
        answers=tuple(answers[:50]),
    )
