"""Bring what is said about a subject before the teams that answer for it: "ask the maker"."""

import uuid

from community.boards.models import Post
from community.boards.models.places import Kind
from community.complaints.models import Complaint
from community.members.models import TeamMember
from community.notifications.noticing import tell
from community.notifications.watching import hearers
from community.subjects.models import Steward

TOLD_AS = {Kind.QUESTION: "asked", Kind.WORD_OF_MOUTH: "told", Kind.IDEA: "told", Kind.COMPLAINT: "told"}


def ask_the_makers(*, post: Post) -> int:
    """Tell the teams that answer for the subjects of a topic, by its opening post; gives how many members were told.

    Every member of a team may answer in its name, so all of them are told. Of a complaint, its owners are told as such.
    """
    kind = TOLD_AS.get(Kind(post.topic.board.kind))
    if kind is None:
        return 0
    speakers = stewards(list(post.topic.topic_subjects.values_list("subject_id", flat=True)))
    owners = Complaint.objects.filter(topic=post.topic_id).values("team")
    speakers -= set(TeamMember.objects.filter(team__in=owners).values_list("member_id", flat=True))
    heard = hearers(post.topic).filter(pk__in=speakers).values_list("pk", flat=True)
    target, source = ("topic", post.topic_id), ("post", post.pk)
    return tell(kind=kind, to=heard, target=target, source=source, by=post.author_id, one_a_source=True)


def stewards(subjects: list[uuid.UUID]) -> set[uuid.UUID]:
    """The members of the teams that answer for these subjects."""
    teams = Steward.objects.filter(subject__in=subjects).values("team")
    return set(TeamMember.objects.filter(team__in=teams).values_list("member_id", flat=True))
