"""What members said that a vendor may answer: reviews, questions, ideas and complaints about what it answers for.

All of it by the eyes of the one who reads: a private board's words are not shown because one sells the thing.
"""

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from commerce.vendors.models import Vendor
from community.boards.models import Post, Topic
from community.boards.models.places import Kind
from community.complaints.models import RUNNING, Complaint
from community.ideas.models import Idea, Status
from community.members.models import TeamMember
from community.reviews.models import Reply, Review
from community.subjects.models import Steward


def reviews(vendor: Vendor, viewer: Any) -> QuerySet[Any]:
    """Reviews with words of the vendor's subjects; `replied` says whether its team answered."""
    answered = Reply.objects.filter(review=OuterRef("pk"), team=vendor.team_id)
    rows = Review.objects.visible_to(viewer).standing().with_words().filter(subject__in=subjects(vendor))
    return rows.annotate(replied=Exists(answered)).select_related("subject", "author")


def questions(vendor: Vendor, viewer: Any) -> QuerySet[Any]:
    """Questions that name one of its subjects; `replied` says whether one of its staff answered."""
    return _topics(vendor, viewer).filter(board__kind=Kind.QUESTION)


def ideas(vendor: Vendor, viewer: Any) -> QuerySet[Idea]:
    """Ideas for one of its subjects."""
    topics = _topics(vendor, viewer).filter(board__kind=Kind.IDEA)
    return Idea.objects.filter(topic__in=topics).select_related("topic__author", "topic__board")


def complaints(vendor: Vendor, viewer: Any) -> QuerySet[Complaint]:
    """Complaints that its team owns."""
    rows = Complaint.objects.visible_to(viewer).filter(team=vendor.team_id, topic__state="published")
    return rows.select_related("topic__author", "topic__board", "team")


def waiting_ideas(vendor: Vendor, viewer: Any) -> QuerySet[Idea]:
    return ideas(vendor, viewer).filter(status=Status.OPEN)


def waiting_complaints(vendor: Vendor, viewer: Any) -> QuerySet[Complaint]:
    return complaints(vendor, viewer).filter(status__in=RUNNING)


def subjects(vendor: Vendor) -> QuerySet[Any]:
    """The keys of the subjects that its team answers for."""
    return Steward.objects.filter(team=vendor.team_id).values("subject")


def _topics(vendor: Vendor, viewer: Any) -> QuerySet[Any]:
    staff = TeamMember.objects.filter(team=vendor.team_id).values("member")
    answers = Post.objects.filter(topic=OuterRef("pk"), author__in=staff, state="published", number__gt=1)
    about = Topic.objects.filter(topic_subjects__subject__in=subjects(vendor)).values("pk")
    rows = Topic.objects.visible_to(viewer).filter(pk__in=about, state="published").exclude(author__in=staff)
    return rows.annotate(replied=Exists(answers)).select_related("board", "author")
