"""A topic's score: reactions to its opening post and, for an idea, votes.

Reactions and votes change the column in their acts; merging and splitting topics moves opening posts, after which it is
counted anew here. This app is the higher of the two, so it knows the whole.
"""

import uuid

from django.db import transaction
from django.db.models import Count, IntegerField, OuterRef, Subquery
from django.db.models.expressions import CombinedExpression
from django.db.models.functions import Coalesce

from community.boards import hotness
from community.boards.models import Topic
from community.ideas.models import IdeaVote
from community.reactions.models import Reaction


def true_score() -> CombinedExpression:
    """The score that a topic's rows give."""
    reactions = Reaction.objects.filter(post__topic=OuterRef("pk"), post__number=1).order_by().values("post__topic")
    votes = IdeaVote.objects.filter(idea=OuterRef("pk")).order_by().values("idea")
    return _count(reactions) + _count(votes)


def _count(rows) -> Coalesce:
    return Coalesce(Subquery(rows.annotate(n=Count("pk")).values("n"), output_field=IntegerField()), 0)


@transaction.atomic
def settle_score(*, topic_id: uuid.UUID) -> None:
    """Count the score of one topic anew, holding it."""
    topic = Topic.objects.filter(pk=topic_id).select_for_update().first()
    if topic is None:
        return
    rows = Topic.objects.filter(pk=topic_id)
    score = rows.annotate(true_score=true_score()).values_list("true_score", flat=True).get()
    rows.update(score=score)
    hotness.refresh(rows)
