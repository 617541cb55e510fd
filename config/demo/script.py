"""Reads what the demo community says: the YAML and Markdown files beside this module."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

HERE = Path(__file__).parent


@dataclass
class Said:
    """A reply; `accepted` marks the answer that solved a question, `hours` is how long after a review it came."""

    author: str
    text: str
    accepted: bool = False
    hours: float = 0


@dataclass
class Told:
    """A topic with its replies. `more` is what the board's kind adds."""

    board: str
    author: str
    days_ago: float
    title: str
    tags: list[str]
    subjects: list[str]
    more: str
    body: str = ""
    replies: list[Said] = field(default_factory=list)


@dataclass
class Judged:
    """A review, and what the vendor replied."""

    subject: str
    author: str
    rating: int
    aspects: dict[str, int]
    text: str
    replies: list[Said] = field(default_factory=list)


def table(name: str) -> Any:
    """A YAML file."""
    return yaml.safe_load((HERE / f"{name}.yaml").read_text(encoding="utf-8"))


def _lines(name: str) -> list[str]:
    text = (HERE / f"{name}.md").read_text(encoding="utf-8")
    return text.split("-->", 1)[1].splitlines()


def _words(text: str) -> list[str]:
    return [word.strip() for word in text.split(",") if word.strip()]


def topics() -> list[Told]:
    """Every topic, oldest first."""
    found: list[Told] = []
    for line in _lines("topics"):
        if line.startswith("# "):
            board, author, days, title, tags, subjects, more = [*line[2:].split("|"), "", "", ""][:7]
            found.append(
                Told(
                    board.strip(),
                    author.strip(),
                    float(days),
                    title.strip(),
                    _words(tags),
                    _words(subjects),
                    more.strip(),
                )
            )
        elif line.startswith(">"):
            accepted = line.startswith(">!")
            author, _colon, text = line.removeprefix(">!").removeprefix(">").partition(":")
            found[-1].replies.append(Said(author.strip(), text.strip(), accepted))
        elif found:
            found[-1].body += line + "\n"
    return sorted(found, key=lambda told: -told.days_ago)


def reviews() -> list[Judged]:
    """Every review, in the order of the file."""
    found: list[Judged] = []
    for line in _lines("reviews"):
        parts = [part.strip() for part in line.split(" | ")]
        if len(parts) >= 3 and parts[2][:1].isdigit():
            given = dict(pair.split("=") for pair in (parts[3].split() if len(parts) > 3 else []))
            aspects = {slug: int(score) for slug, score in given.items()}
            found.append(Judged(parts[0], parts[1], int(parts[2].rstrip(" |")), aspects, ""))
        elif line.startswith(">"):
            said, _colon, text = line.removeprefix(">").partition(":")
            author, hours = said.split()
            found[-1].replies.append(Said(author, text.strip(), hours=float(hours)))
        elif line.strip() and found:
            found[-1].text += line.strip() + "\n"
    return found
