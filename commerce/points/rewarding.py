"""Points for what the community values; what is taken down takes its points along, what comes back brings them again."""

from typing import Any
from uuid import UUID

from commerce.points.earning import earn, take_back
from commerce.points.models import Earning, EarningState


def reward(*, member: Any, act: str, source: tuple[str, UUID]) -> Earning | None:
    """The points of `act` for the thing that `source` names: once, and once more each time after it was taken back."""
    before = Earning.objects.filter(
        rule=act, source_kind=source[0], source_id=source[1], state=EarningState.REVERSED
    ).count()
    return earn(member=member, act=act, key=f"{act}:{source[1]}:{before}", source=source)


def withdraw(*, source: tuple[str, UUID], act: str = "") -> int:
    """Take back what the thing earned, by this act or any; gives how many earnings."""
    earned = Earning.objects.filter(source_kind=source[0], source_id=source[1]).exclude(state=EarningState.REVERSED)
    keys = list((earned.filter(rule=act) if act else earned).order_by("pk").values_list("key", flat=True))
    for key in keys:
        take_back(key=key)
    return len(keys)
