"""A whole import of a forum: from a file to the database, with progress, and a file of what was refused."""

import csv
from collections.abc import Callable, Iterator
from pathlib import Path

from community.reviews.importing.reading import Line, Source
from config.forum_import.checking import Entry, Refusal, check
from config.forum_import.storing import Outcome, Store

BATCH = 500
Tell = Callable[[int, int], None]


def import_forum(
    *, file: Path, refusals: Path, source: str, match_members: bool = False, tell: Tell = lambda done, total: None
) -> Outcome:
    """Take over a forum; lines that cannot be taken go to `refusals` (CSV: line, reason).

    Killed half-way, it has stored whole batches and may simply be run again. Raises Unreadable for a file that cannot
    be read.
    """
    reader, store, total = Source(file), Store(source, match_members=match_members), Outcome()
    refusals.parent.mkdir(parents=True, exist_ok=True)
    try:
        with refusals.open("w", newline="", encoding="utf-8") as paper:
            writer = csv.writer(paper)
            writer.writerow(("line", "reason"))
            for entries, refused in _batches(reader.lines()):
                outcome = store.store(entries)
                outcome.refused = sorted([*outcome.refused, *refused])
                writer.writerows(outcome.refused)
                paper.flush()
                total.imported += outcome.imported
                total.updated += outcome.updated
                total.unchanged += outcome.unchanged
                total.refused += outcome.refused
                tell(reader.position, reader.size)
    finally:
        reader.close()
    return total


def _batches(lines: Iterator[Line]) -> Iterator[tuple[list[Entry], list[tuple[int, str]]]]:
    entries: list[Entry] = []
    refused: list[tuple[int, str]] = []
    for line in lines:
        try:
            if line.columns is None:
                raise Refusal(line.problem)
            entries.append(check(line.number, line.columns))
        except Refusal as refusal:
            refused.append((line.number, str(refusal)))
        if len(entries) + len(refused) >= BATCH:
            yield entries, refused
            entries, refused = [], []
    if entries or refused:
        yield entries, refused
