"""Score cards and ranked lists follow a subject that is merged into another."""

from typing import Any

from community.scorecards.models import RankedListLine, ScoreCardLine
from community.subjects.models import Subject


def follow(loser: Subject, winner: Subject, by: Any) -> None:
    """Let lines of `loser` name `winner`; where both stood, the better place stays."""
    _move(ScoreCardLine, "card", loser, winner)
    _move(RankedListLine, "ranked_list", loser, winner)


def _move(lines: type[ScoreCardLine] | type[RankedListLine], parent: str, loser: Subject, winner: Subject) -> None:
    for line in lines.objects.filter(subject=loser).order_by("pk"):
        twin = lines.objects.filter(subject=winner, **{parent: getattr(line, parent)}).first()
        if twin is None:
            line.subject = winner
            line.save(update_fields=["subject"])
            continue
        if line.position < twin.position:
            place = line.position
            line.delete()
            twin.position = place
            twin.save(update_fields=["position"])
        else:
            line.delete()
