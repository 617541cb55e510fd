"""How hot a topic is: the published formula of the hot lists.

    hot = (1 + score + 2 · (people − 1)) / (hours since the last post + 2) ^ 1.5

`score` counts reactions and votes, `people` those who wrote: two who quarrel at length do not lift a topic, a third
voice does. Below 0.01 a topic is no longer hot and its column becomes 0, so that the job touches living topics alone.
The shape (points over a power of age) is Hacker News's and Lemmy's; the column is indexed, set by each act that
changes its inputs and cooled every ten minutes.
"""

import datetime as dt

from django.db.models import Case, DurationField, ExpressionWrapper, F, FloatField, Value, When
from django.db.models.functions import Cast, Extract, Greatest, Power
from django.db.models.lookups import GreaterThanOrEqual

from community.boards.models import Topic
from community.foundation.clock import now

GRAVITY = 1.5
COLD = 0.01


def heat(*, score: int, people: int, age: dt.timedelta) -> float:
    """The formula for one topic, as "why is this here" explains it; the same figures as `refresh` writes."""
    hours = max(0.0, age.total_seconds() / 3600)
    hot = max(0.0, 1 + score + 2 * (people - 1)) / (hours + 2) ** GRAVITY
    return hot if hot >= COLD else 0.0


def refresh(topics) -> int:
    """Write the hot column of these topics from their other columns; gives their number."""
    age = ExpressionWrapper(Value(now()) - F("bumped_at"), output_field=DurationField())
    hours = Greatest(Cast(Extract(age, "epoch"), FloatField()) / 3600.0, Value(0.0))
    points = Greatest(
        Cast(F("score"), FloatField()) + 2.0 * Cast(F("poster_count"), FloatField()) - Value(1.0), Value(0.0)
    )
    hot = points / Power(hours + 2.0, Value(GRAVITY))
    cooled = Case(When(GreaterThanOrEqual(hot, Value(COLD)), then=hot), default=Value(0.0), output_field=FloatField())
    return topics.update(hot=Case(When(state="published", then=cooled), default=Value(0.0), output_field=FloatField()))


def cool() -> int:
    """Let time pass over every topic that is still hot."""
    return refresh(Topic.objects.filter(hot__gt=0))
