"""Words to index and words to look for: one analyser for both sides, so that a query meets its text.

What is written into the `search` column of a text (a `tsvector` under GIN):

- of Hangul, Han and kana: every syllable and every pair of neighbours (bigrams). Any word of two syllables or more is
  found wherever it stands, particle attached or not, and a rare one costs as little as a common one;
- of Hangul words also their stem without particles and endings (mecab-ko), so that 예뻐요 meets 예쁘다; a stem of one
  syllable is marked with "=", so that 책을 finds the book and not every word with that syllable in it;
- all other words (Latin, Cyrillic, digits) whole, without case, accents and plural -s.

- of titles and names (weight A) also the beginning of each word, letter by letter, and its leading consonants, marked
  with "^": suggestions find 마당 by 마, 마ㄷ, 맏 and ㅁㄷ.

Text is brought to NFKC first: decomposed Hangul, full-width letters and lone conjoining jamo meet their usual forms.
Words are analysed one by one, without their neighbours: slower to misjudge, quick to remember, and equal on both sides.
"""

import re
import threading
import unicodedata
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import mecab_ko
from django.contrib.postgres.search import SearchQuery
from django.utils.translation import gettext_lazy as _

from community.foundation import problems

VERSION = 1

QUERY_CHARACTERS = 200  # a query longer than this is refused before anything looks at it
QUERY_WORDS = 16
DOCUMENT_CHARACTERS = 60_000  # of one text; what follows is not indexed
WORD_CHARACTERS = 40  # longer words are indexed in pieces
WEIGHTS = "ABCD"
BEGINNING = 12  # characters of a word that suggestions look at

_JAMO = re.compile("([\u3131-\u318e]+)")
_LONE = {unicodedata.normalize("NFKC", chr(code)): chr(code) for code in range(0x3131, 0x3164)}
_LONE_JAMO = re.compile(f"[{''.join(key for key in _LONE if len(key) == 1)}]")
_INVISIBLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]")
_RUNS = re.compile(
    "(?P<hangul>[가-힣]+)"
    "|(?P<pairs>[\u3131-\u318e]+|[\u3040-\u30ff]+|[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]+)"
    "|(?P<word>[^\\W_\u3040-\u30ff\u3131-\u318e\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff가-힣]+[+#]{0,2})"
)
_INITIALS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"

# Particles, longest first; what mecab does not know (names, new words) still loses these.
_PARTICLE_WORDS = """
이 가 은 는 을 를 의 에 도 만 과 와 랑 로 야 요 나 께 에서 에게 한테 까지 부터 처럼 보다 마다 조차 마저 밖에 이나 이랑 으로 로서
로써 이라 이란 이라는 이라고 라는 라고 라도 이라도 든지 이든 이든지 에는 에도 에만 에서는 에서도 에서의 에게는 에게도 한테는 까지는 까지도
부터는 으로는 으로도 으로서 으로써 으로만 로는 로도 만은 만을 만이 만의 과는 와는 과의 와의 처럼은 보다는 보다도 께서 께서는 이며 이고 이다
입니다 이에요 예요 이네요
"""
_PARTICLES = tuple(sorted(_PARTICLE_WORDS.split(), key=len, reverse=True))
_FUNCTIONAL = ("J", "E", "XS", "VCP", "VX")


class TooLongToSearch(problems.TooLarge):
    code = "query_too_long"
    detail = _("That is too long to search for. Use a few words.")


def plain(text: str) -> str:
    """`text` as it is compared: NFKC, without case and invisible characters; compatibility jamo (ㅋㅋ) stay themselves."""
    if text.isascii():
        return _INVISIBLE.sub(" ", text).lower()
    if not unicodedata.is_normalized("NFKC", text):
        text = "".join(
            part if index % 2 else unicodedata.normalize("NFKC", part) for index, part in enumerate(_JAMO.split(text))
        )
    text = _LONE_JAMO.sub(lambda lone: _LONE[lone[0]], text)
    return _INVISIBLE.sub("", text).casefold()


def initials(text: str) -> str:
    """The leading consonants of its syllables, for suggestions typed as ㅁㄷ for 마당; other characters stay."""
    return "".join(
        _INITIALS[(ord(character) - 0xAC00) // 588] if "가" <= character <= "힣" else character
        for character in plain(text)
    )


def only_initials(text: str) -> bool:
    """Whether `text` is leading consonants alone, as typed to abbreviate."""
    letters = plain(text).replace(" ", "")
    return bool(letters) and all(letter in _INITIALS for letter in letters)


_local = threading.local()


def _morphemes(word: str) -> list[tuple[str, str, str]]:
    """(surface, tag, decomposition) of each morpheme; mecab's tagger may not be shared between threads."""
    tagger = getattr(_local, "tagger", None)
    if tagger is None:
        tagger = _local.tagger = mecab_ko.Tagger()
    found = []
    for line in tagger.parse(word).splitlines():
        surface, tab, features = line.partition("\t")
        if tab:
            fields = features.split(",")
            found.append((surface, fields[0], fields[7] if len(fields) > 7 else "*"))
    return found


def _pairs(run: str) -> tuple[str, ...]:
    return tuple(run[at : at + 2] for at in range(len(run) - 1))


def without_particle(run: str) -> str | None:
    """`run` without the longest particle at its end, by rule alone; None if none is there."""
    for particle in _PARTICLES:
        if len(particle) < len(run) and run.endswith(particle):
            return run[: -len(particle)]
    return None


def _functional(tag: str) -> bool:
    return all(part.startswith(_FUNCTIONAL) for part in tag.split("+"))


@lru_cache(maxsize=50_000)
def _stems(run: str) -> tuple[str, ...]:
    """The stems of one Hangul word by mecab, other than the word itself: 마당에서 → 마당, 예뻐요 → 예쁘."""
    if len(run) < 2 or len(run) > WORD_CHARACTERS:
        return ()
    morphemes = _morphemes(run)
    while len(morphemes) > 1 and _functional(morphemes[-1][1]):
        morphemes.pop()
    if not morphemes:
        return ()
    before = "".join(surface for surface, _tag, _parts in morphemes[:-1])
    surface, tag, parts = morphemes[-1]
    stems = [before + surface]
    if tag[:2] in ("VV", "VA", "XR") and parts != "*":  # a contraction names its parts: 예쁘/VA/*+어요/EC/*
        stems.append(before + parts.partition("/")[0])
    # A verb's stem of one syllable (가, 하, 오) would meet half of all texts: only a noun's counts.
    return tuple(stem for stem in stems if stem != run and (len(stem) > 1 or tag.startswith(("N", "SL", "MM"))))


@lru_cache(maxsize=50_000)
def _is_one_noun(run: str) -> bool:
    morphemes = _morphemes(run)
    return len(morphemes) == 1 and morphemes[0][1].startswith(("NNG", "NNP"))


def _word(run: str) -> str:
    """A word of letters or digits without accents and plural -s."""
    if not run.isascii():
        run = "".join(part for part in unicodedata.normalize("NFD", run) if not unicodedata.combining(part)) or run
    if len(run) > 3 and run[-1] == "s" and run[-2] != "s":
        run = run[:-1]
    return run


def _pieces(run: str) -> list[str]:
    return [run[at : at + WORD_CHARACTERS] for at in range(0, len(run), WORD_CHARACTERS)]


@lru_cache(maxsize=100_000)
def _hangul_lexemes(run: str) -> tuple[str, ...]:
    found = [*run, *_pairs(run)]
    stems = {*_stems(run), without_particle(run) or run, run}
    for stem in stems:
        if len(stem) == 1:
            found.append("=" + stem)
        elif not run.startswith(stem):
            found.extend(_pairs(stem))
    return tuple(found)


def _lexemes(text: str) -> list[str]:
    found: list[str] = []
    for match in _RUNS.finditer(plain(text[:DOCUMENT_CHARACTERS])):
        run = match[0]
        if match.lastgroup == "hangul":
            for piece in _pieces(run) if len(run) > WORD_CHARACTERS else (run,):
                found.extend(_hangul_lexemes(piece))
            if len(run) > WORD_CHARACTERS:
                found.extend(_pairs(run))
        elif match.lastgroup == "pairs":
            found.extend(run)
            found.extend(_pairs(run))
        else:
            found.extend(_word(piece) for piece in _pieces(run))
            if run[-1] in "+#":
                found.append(_word(run.rstrip("+#")))
    return found


def tokens(text: str) -> list[str]:
    """The lexemes of `text` in its order, repeats included."""
    return _lexemes(text)


def _beginnings(text: str) -> list[str]:
    """What a title or name is suggested by."""
    found = []
    for match in _RUNS.finditer(plain(text[:500])):
        run = match[0][:BEGINNING]
        found.append("^" + unicodedata.normalize("NFD", run))
        if match.lastgroup == "hangul":
            found.append("^" + initials(run))
    return found


def nouns(text: str) -> list[str]:
    """The words of `text` that name something: Korean nouns of two syllables or more, Latin words of four letters or
    more. For digests and the like, in which a person reads the word; repeats included."""
    found: list[str] = []
    for match in _RUNS.finditer(plain(text[:DOCUMENT_CHARACTERS])):
        if match.lastgroup == "hangul":
            found.extend(_nouns_in(match[0][:WORD_CHARACTERS]))
        elif match.lastgroup == "word" and len(match[0]) > 3 and not match[0].isdigit():
            found.append(match[0])
    return found


@lru_cache(maxsize=50_000)
def _nouns_in(run: str) -> tuple[str, ...]:
    return tuple(
        surface for surface, tag, _parts in _morphemes(run) if tag.startswith(("NNG", "NNP")) and len(surface) > 1
    )


def title_tokens(text: str) -> list[str]:
    """The lexemes of a title or name, those that suggest it included."""
    return _lexemes(text) + _beginnings(text)


def search_document(*weighted: tuple[str, str]) -> str:
    """The value of a `search` column: pairs of (text, weight "A" to "D"), as the literal of a tsvector.

    A lexeme keeps its weight and how often it occurs (up to three times); places are not kept, nothing asks for them.
    """
    return assembled(
        *((Counter(title_tokens(text) if weight == "A" else tokens(text)), weight) for text, weight in weighted)
    )


def assembled(*counted: tuple[Mapping[str, int], str]) -> str:
    """`search_document` of lexemes already counted, for texts put together from analysed parts."""
    counts: dict[str, dict[str, int]] = {}
    for lexemes, weight in counted:
        if weight not in WEIGHTS:
            raise ValueError(f"a weight is one of {WEIGHTS}, not {weight!r}")
        for lexeme, count in lexemes.items():
            at = counts.setdefault(lexeme, {})
            at[weight] = min(3, at.get(weight, 0) + count)
    return " ".join(f"'{lexeme}':{_positions(weights)}" for lexeme, weights in counts.items())


def _positions(weights: dict[str, int]) -> str:
    # Letters in order, "D" is the default and needs no letter; places only tell one occurrence from the next.
    marks = [weight for weight in WEIGHTS for _nth in range(weights.get(weight, 0))]
    return ",".join(f"{at}{'' if weight == 'D' else weight}" for at, weight in enumerate(marks, 1))


@dataclass(frozen=True)
class Query:
    """What a text must hold (`match`) and what makes it a better find (`rank`): literals of a tsquery.

    `words` are the plain words asked for, to mark them in a snippet; `phrases` stood in quotes and hold spaces: the
    text must hold them letter by letter.
    """

    match: str
    rank: str
    words: tuple[str, ...]
    phrases: tuple[str, ...]

    def matching(self) -> "AnalysedQuery":
        return AnalysedQuery(self.match)

    def ranking(self) -> "AnalysedQuery":
        return AnalysedQuery(self.rank)


class AnalysedQuery(SearchQuery):
    """A tsquery that the analyser wrote; PostgreSQL's own parser never sees the words."""

    def __init__(self, value: str, **extra) -> None:
        self.literal = value
        super().__init__(value, search_type="raw", **extra)

    def as_sql(self, compiler, connection, function=None, template=None, **extra):  # type: ignore[override]
        return super().as_sql(compiler, connection, template="(%(expressions)s)::tsquery")


def _all(lexemes) -> str:
    return " & ".join(f"'{lexeme}'" for lexeme in dict.fromkeys(lexemes))


def _hangul_need(run: str) -> tuple[str, list[str]]:
    """What a text must hold for one Hangul word of a query, and what ranks it."""
    if len(run) == 1:
        return f"'{run}'", [run, "=" + run]
    ways = [_all(_pairs(run))]
    ranked = list(_pairs(run))
    stems = list(_stems(run))
    bare = None if _is_one_noun(run) else without_particle(run)
    if bare and len(bare) > 1:
        stems.append(bare)
    if len(run) > 2 and run.endswith("다"):  # the form of dictionaries, which mecab may take for a name
        stems.append(run[:-1])
    for stem in dict.fromkeys(stems):
        lexemes = _pairs(stem) if len(stem) > 1 else ("=" + stem,)
        ranked.extend(lexemes)
        ways.append(_all(lexemes))
    return "(" + " | ".join(f"({way})" for way in dict.fromkeys(ways)) + ")", ranked


def _need(match: re.Match, previous_end: int) -> tuple[str, list[str]] | None:
    run = match[0]
    if match.lastgroup == "hangul":
        if match.start() == previous_end and previous_end and run in _PARTICLES:
            return None  # the particle of a foreign word: iPhone을
        return _hangul_need(run)
    if match.lastgroup == "pairs":
        lexemes = list(_pairs(run)) or [run]
        return f"({_all(lexemes)})", lexemes
    lexemes = [_word(piece) for piece in _pieces(run)]
    return f"({_all(lexemes)})", lexemes


def search_query(text: str) -> Query | None:
    """What to look for, or None if `text` holds no word. TooLongToSearch beyond QUERY_CHARACTERS, at no cost."""
    if len(text) > QUERY_CHARACTERS:
        raise TooLongToSearch(field="q")
    text = plain(text)
    needs: list[str] = []
    ranked: list[str] = []
    previous_end = 0
    for match in _RUNS.finditer(text):
        need = _need(match, previous_end)
        previous_end = match.end()
        if need is not None:
            needs.append(need[0])
            ranked.extend(need[1])
        if len(needs) == QUERY_WORDS:
            break
    if not needs:
        return None
    return Query(
        match=" & ".join(dict.fromkeys(needs)),
        rank=" | ".join(f"'{lexeme}'" for lexeme in dict.fromkeys(ranked)),
        words=_marked_words(text),
        phrases=tuple(phrase for phrase in re.findall('["“”]([^"“”]+)["“”]', text) if phrase.strip()),
    )


_TYPED = re.compile("[가-힣ㄱ-ㅎ]+|[^\\W_가-힣ㄱ-ㅎ]+")
_AS_FIRST = dict(zip(_INITIALS, (chr(0x1100 + at) for at in range(19)), strict=True))
_FINALS = " ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ"


def suggestion_query(text: str) -> AnalysedQuery | None:
    """What titles and names (weight A) begin with the words typed so far; None if there is nothing to go by.

    The last syllable may be half typed: 맏 may become 마당. TooLongToSearch beyond QUERY_CHARACTERS.
    """
    if len(text) > QUERY_CHARACTERS:
        raise TooLongToSearch(field="q")
    needs = []
    for word in _TYPED.findall(plain(text))[:QUERY_WORDS]:
        ways = [word] if only_initials(word) else _as_typed(word)
        needs.append("(" + " | ".join(f"'^{way[: BEGINNING * 3]}':*A" for way in ways) + ")")
    return AnalysedQuery(" & ".join(needs)) if needs else None


def _as_typed(word: str) -> list[str]:
    word = word[:BEGINNING]
    letters = "".join(_AS_FIRST.get(letter) or unicodedata.normalize("NFD", letter) for letter in word)
    ways = [letters]
    last = word[-1]
    final = _FINALS[(ord(last) - 0xAC00) % 28] if "가" <= last <= "힣" else " "
    if final in _AS_FIRST:  # the consonant may belong to a syllable to come
        ways.append(letters[:-1] + _AS_FIRST[final])
    return ways


def _marked_words(text: str) -> tuple[str, ...]:
    words: dict[str, None] = {}
    for match in _RUNS.finditer(text):
        run = match[0]
        words[run] = None
        if match.lastgroup == "hangul":
            bare = None if _is_one_noun(run) else without_particle(run)
            words.update(dict.fromkeys([*_stems(run), *([bare] if bare and len(bare) > 1 else [])]))
        elif match.lastgroup == "word":
            words[_word(run)] = None
    return tuple(sorted(words, key=len, reverse=True))
