"""What follows a subject when it is merged into another: reviews, score cards, topics.

An app above registers, in `AppConfig.ready`, a function (loser, winner, by) that is called inside the merge, after
both subjects are locked.
"""

from collections.abc import Callable
from typing import Any

from community.subjects.models import Subject

Follower = Callable[[Subject, Subject, Any], None]
_followers: dict[str, Follower] = {}


def register(name: str, follower: Follower) -> None:
    _followers[name] = follower


def all_follow(loser: Subject, winner: Subject, by: Any) -> None:
    for _name, follower in sorted(_followers.items()):
        follower(loser, winner, by)
