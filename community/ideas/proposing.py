"""Make a topic an idea, and say which stage of the value chain it would change."""

from collections.abc import Mapping
from typing import Any

from community.boards import rights
from community.boards.errors import NotYours
from community.boards.models import Topic
from community.foundation import clock
from community.ideas.errors import WrongStage
from community.ideas.models import Idea, Stage


def stage_named(entered: Mapping[str, Any] | None) -> str:
    """The stage that a form or a REST body names; empty if the author leaves it open. Raises WrongStage."""
    stage = (entered or {}).get("stage") or ""
    if stage and stage not in Stage.values:
        raise WrongStage
    return stage


def propose(*, topic: Topic, stage: str = "") -> Idea:
    """Make `topic` an idea; called in the transaction that publishes it or moves it to an idea board."""
    idea, _made = Idea.objects.get_or_create(topic=topic, defaults={"stage": stage, "status_at": clock.now()})
    return idea


def change_stage(*, topic: Topic, by: Any, stage: str) -> None:
    """Name another stage. For the author and moderators of the board; `topic` is held by the caller.

    Raises NotYours.
    """
    if topic.author_id != by.pk and not rights.may(by, "moderate", topic.board_id):
        raise NotYours
    Idea.objects.filter(topic=topic).update(stage=stage)
