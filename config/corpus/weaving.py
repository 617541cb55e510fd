"""Arranges paragraphs into topics and posts. A paragraph is rendered and analysed once and then stands in several
posts, as quotes and turns of phrase do; a post's HTML and search document are put together from those of its parts."""

import datetime as dt
import functools
import random
import uuid
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from community.boards.models.topics import TITLE_LENGTH
from community.foundation import analyser, markdown
from config.corpus.words import Speaker, Vocabulary

SHARED_BY = 6  # posts, about, in which a paragraph stands: rendering and analysing it is what costs most
YEARS = 2


@dataclass(frozen=True)
class Plan:
    """What to make. `sizes` are the numbers of posts of the topics, the big one first; they add up to `posts`."""

    seed: int
    ends_at: dt.datetime
    boards: list[uuid.UUID]
    members: list[uuid.UUID]
    sizes: list[int]


@dataclass(frozen=True)
class Paragraph:
    source: str
    html: str
    text: str
    lexemes: Counter


@dataclass(frozen=True)
class WovenPost:
    id: uuid.UUID
    number: int
    author: uuid.UUID
    source: str
    html: str
    text: str
    search: str
    at: dt.datetime


@dataclass(frozen=True)
class WovenTopic:
    id: uuid.UUID
    board: uuid.UUID
    title: str
    search: str
    posts: list[WovenPost]


def sizes_of(*, topics: int, posts: int, big_topic: int) -> list[int]:
    """The numbers of posts of each topic: one big, the others unevenly, all together exactly `posts`.

    Raises ValueError if that many posts do not fill or do not fit.
    """
    rest, left = topics - 1, posts - big_topic
    if topics < 1 or big_topic < 1 or left < rest or (rest == 0 and left):
        raise ValueError("There must be at least one post for each topic, and --big-topic of them for the first.")
    weights = [1 / (rank + 3) ** 0.6 for rank in range(rest)]
    spare, total = left - rest, sum(weights) or 1
    shares = [int(spare * weight / total) for weight in weights]
    for at in range(spare - sum(shares)):
        shares[at % rest] += 1
    return [big_topic, *(1 + share for share in shares)]


def uuid7_at(moment: dt.datetime, generator: random.Random) -> uuid.UUID:
    """A UUIDv7 (RFC 9562) of a past moment, so that ids sort as if the rows had been written then."""
    stamp = int(moment.timestamp() * 1000)
    value = stamp << 80 | 7 << 76 | generator.getrandbits(12) << 64 | 2 << 62 | generator.getrandbits(62)
    return uuid.UUID(int=value)


def weave(plan: Plan, start: int, stop: int) -> Iterator[WovenTopic]:
    """The topics `start` to `stop` of the plan; the same whichever process makes them."""
    speaker = Speaker(_vocabulary(plan.seed), random.Random(f"{plan.seed}-{start}"))  # noqa: S311  (no secret)
    pool = [_paragraph(speaker.paragraph()) for _nth in range(20 + sum(plan.sizes[start:stop]) // SHARED_BY)]
    for at in range(start, stop):
        yield _topic(plan, at, speaker, pool)


@functools.lru_cache(maxsize=1)
def _vocabulary(seed: int) -> Vocabulary:
    """Made once in each process, not once for each of its parts."""
    return Vocabulary(seed)


def _paragraph(source: str) -> Paragraph:
    rendered = markdown.render(source, resolve=lambda _kind, _keys: {})
    return Paragraph(source, rendered.html, rendered.text, Counter(analyser.tokens(rendered.text)))


def _topic(plan: Plan, at: int, speaker: Speaker, pool: list[Paragraph]) -> WovenTopic:
    chance = speaker.random
    size = plan.sizes[at]
    life = dt.timedelta(hours=chance.expovariate(1 / 30) + size / 4)
    span = dt.timedelta(days=365 * YEARS)
    first = plan.ends_at - life - chance.random() ** 2 * (span - life)
    title = speaker.title()[:TITLE_LENGTH]
    people = chance.sample(plan.members, min(len(plan.members), 1 + int(size**0.8)))
    moments = sorted(first + chance.random() * life for _nth in range(size - 1))
    posts = [
        _post(number, title if number == 1 else None, moment, chance.choice(people), chance, pool)
        for number, moment in enumerate([first, *moments], 1)
    ]
    return WovenTopic(
        id=uuid7_at(first, chance),
        board=plan.boards[int(len(plan.boards) * chance.random() ** 1.6)],
        title=title,
        search=analyser.search_document((title, "A")),
        posts=posts,
    )


def _post(
    number: int,
    title: str | None,
    moment: dt.datetime,
    author: uuid.UUID,
    chance: random.Random,
    pool: list[Paragraph],
) -> WovenPost:
    parts = chance.choices(pool, k=chance.choices((1, 2, 3), (5, 3, 1))[0])
    return WovenPost(
        id=uuid7_at(moment, chance),
        number=number,
        author=author,
        source="\n\n".join(part.source for part in parts),
        html="\n".join(part.html for part in parts),
        text="\n".join(part.text for part in parts),
        search=_document(parts, title),
        at=moment,
    )


def _document(parts: list[Paragraph], title: str | None) -> str:
    lexemes = parts[0].lexemes if len(parts) == 1 else sum((part.lexemes for part in parts[1:]), parts[0].lexemes)
    heading = [(Counter(analyser.title_tokens(title)), "A")] if title else []
    return analyser.assembled(*heading, (lexemes, "D"))
