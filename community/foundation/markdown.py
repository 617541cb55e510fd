"""Markdown to what is stored beside it: safe HTML, plain text, and whom, what and where it points to.

`render` is the only renderer: acts store its result with VERSION, the composer's preview shows the same. Nothing is
parsed when a page is read; stored texts of an older version are rendered again in batches by the job of
`community.search`.

Bounded by construction: sources end at LIMIT characters, nesting at NESTING levels, and the parser may try at most
STEPS rules; a text beyond that is shown as it was typed. Raw HTML is never parsed, and what the renderer writes still
passes the allow-list of nh3.
"""

import html
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

import nh3
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from markdown_it import MarkdownIt
from markdown_it.parser_block import ParserBlock
from markdown_it.parser_inline import ParserInline
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from community.foundation import analyser, problems
from community.foundation.characters import tidy

VERSION = 1

LIMIT = 20_000
NESTING = 20
STEPS = 120_000  # an ordinary text of full length needs about a tenth
MENTIONS = 50  # further ones stay text

OUTWARD = "ugc nofollow noopener"


class TooLong(problems.Invalid):
    code = "too_long"
    detail = _("A text ends at 20,000 characters. Shorten it, or continue in a second post.")


class TooTangled(Exception):
    """Parsing needs more steps or levels than any honest text."""


@dataclass(frozen=True)
class Found:
    """Where a mention or picture leads. Sizes in pixels keep the page from jumping while pictures load."""

    url: str
    width: int | None = None
    height: int | None = None
    name: str | None = None


@dataclass(frozen=True)
class Rendered:
    html: str
    text: str
    mentions: tuple[str, ...]  # user names as the resolver spells them, each once, in the order of the text
    images: tuple[str, ...]  # ids of the uploads shown: ![alt](upload:ID)
    links: tuple[str, ...]  # absolute addresses outside this site


Resolve = Callable[[str, frozenset[str]], Mapping[str, Found]]
_resolvers: dict[str, Callable[[frozenset[str]], Mapping[str, Found]]] = {}


def register_resolver(kind: str, find: Callable[[frozenset[str]], Mapping[str, Found]]) -> None:
    """From `AppConfig.ready`: `find` answers all keys of a text at once, in one query.

    Kinds: "member" (user names as typed) and "upload" (ids).
    """
    _resolvers[kind] = find


def registered(kind: str, keys: frozenset[str]) -> Mapping[str, Found]:
    find = _resolvers.get(kind)
    return find(keys) if find and keys else {}


def _spend(state) -> None:
    state.env["steps"] -= 1
    if state.env["steps"] < 0:
        raise TooTangled


def _counted(rule):
    def step(state, *args):
        _spend(state)
        return rule(state, *args)

    return step


class _Inline(ParserInline):
    def skipToken(self, state: StateInline) -> None:  # noqa: N802  (markdown-it's name)
        _spend(state)
        super().skipToken(state)


class _Block(ParserBlock):
    def tokenize(self, state: StateBlock, startLine: int, endLine: int) -> None:  # noqa: N803
        # The library drops what is nested deeper; nobody's words are dropped here.
        if state.level >= NESTING and startLine < endLine:
            raise TooTangled
        super().tokenize(state, startLine, endLine)


_MENTION = re.compile(r"@(?=\w)([\w-]{2,40})")
_BARE_URL = re.compile(r"https?://[A-Za-z0-9][A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]*", re.IGNORECASE)


def _mention(state: StateInline, silent: bool) -> bool:
    if state.src[state.pos] != "@" or state.linkLevel > 0:
        return False
    before = state.src[state.pos - 1] if state.pos else " "
    match = None if before.isalnum() or before in "_/.@-" else _MENTION.match(state.src, state.pos, state.posMax)
    if match is None:
        return False
    if not silent:
        token = state.push("mention", "", 0)
        token.content = match[1]
    state.pos = match.end()
    return True


def _without_tail(url: str) -> str:
    """`url` without the punctuation of the sentence around it; brackets that it opened itself stay."""
    unopened = url.count(")") - url.count("(")
    while url[-1] in ".,;:!?*'&" or (url[-1] == ")" and unopened > 0):
        unopened -= url[-1] == ")"
        url = url[:-1]
    return url


def _bare_url(state: StateInline, silent: bool) -> bool:
    if not state.src.startswith("://", state.pos) or state.linkLevel > 0:
        return False
    before = state.src[max(0, state.pos - 5) : state.pos].lower()
    scheme = next((name for name in ("https", "http") if before.endswith(name)), None)
    if scheme is None or (not silent and not state.pending.lower().endswith(scheme)):
        return False
    match = _BARE_URL.match(state.src, state.pos - len(scheme), state.posMax)
    if match is None:
        return False
    url = _without_tail(match[0])
    if not silent:
        state.pending = state.pending[: -len(scheme)]
        opening = state.push("link_open", "a", 1)
        opening.attrs = {"href": state.md.normalizeLink(url)}
        state.push("text", "", 0).content = url
        state.push("link_close", "a", -1)
    state.pos += len(url) - len(scheme)
    return True


_SCHEME = re.compile(r"\s*([A-Za-z][A-Za-z0-9+.\-]*):")


def _allowed_address(url: str) -> bool:
    match = _SCHEME.match(url)
    return match is None or match[1].lower() in ("http", "https", "mailto", "upload")


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark")
    parser.inline, parser.block = _Inline(), _Block()
    parser.configure("commonmark")
    parser.options.update({"html": False, "breaks": True, "maxNesting": NESTING})
    parser.enable(["table", "strikethrough"])
    parser.inline.ruler.push("mention", _mention)
    parser.inline.ruler.before("escape", "bare_url", _bare_url)
    parser.enable(["mention", "bare_url"])
    for ruler in (parser.block.ruler, parser.inline.ruler, parser.inline.ruler2):
        for rule in ruler.__rules__:
            rule.fn = _counted(rule.fn)
    parser.validateLink = _allowed_address  # type: ignore[method-assign]
    return parser


_markdown = _parser()


# -- what the text points to ------------------------------------------------------------------------------------------

_UPLOAD = re.compile(r"(?:upload:|/uploads/)([0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})(?:[/?#].*)?$")


def _outward(url: str) -> bool:
    """Whether an address leaves this site."""
    if not re.match(r"(?:https?:)?[\\/]{2}", url, re.IGNORECASE):
        return False
    try:
        host = (urlsplit(url).hostname or "").lower()
    except ValueError:
        return True
    own = urlsplit(getattr(settings, "SITE_URL", "") or "").hostname
    return not own or host != own.lower()


def _spellings(name: str) -> list[str]:
    """How a mention may be meant: @나무에게 is 나무, @나무님이 too."""
    found = [name]
    bare = analyser.without_particle(name)
    found += [bare] if bare else []
    found += [each[:-1] for each in found if each[-1] in "님씨"]
    return [each.rstrip("-") for each in found if len(each.rstrip("-")) > 1]


def _every(tokens: Sequence[Token]):
    for token in tokens:
        yield token
        if token.children:
            yield from _every(token.children)


class _References:
    """Everything that a parsed text points to, found in one pass and resolved at once."""

    def __init__(self, tokens: Sequence[Token], resolve: Resolve) -> None:
        self.mentioned = [token for token in _every(tokens) if token.type == "mention"]
        self.pictures = [token for token in _every(tokens) if token.type == "image"]
        self.anchors = [token for token in _every(tokens) if token.type == "link_open"]
        asked = frozenset(each for token in self.mentioned[:MENTIONS] for each in _spellings(token.content))
        self.members = resolve("member", asked) if asked else {}
        ids = frozenset(key for token in self.pictures if (key := self.upload(token)))
        self.uploads = resolve("upload", ids) if ids else {}
        self.mentions: dict[str, None] = {}
        self.images: dict[str, None] = {}
        self.links: dict[str, None] = {}

    @staticmethod
    def upload(token: Token) -> str | None:
        match = _UPLOAD.match(str(token.attrGet("src") or ""))
        return match[1].lower() if match else None

    def settle(self, *, known_members_only: bool) -> None:
        for token in self.mentioned[:MENTIONS]:
            name = next((each for each in _spellings(token.content) if each in self.members), None)
            if name:
                found = self.members[name]
                token.meta = {"found": found, "name": name}
                self.mentions[found.name or name] = None
            elif not known_members_only:
                self.mentions[token.content] = None
        for token in self.pictures:
            key = self.upload(token)
            token.meta = {"found": self.uploads.get(key) if key else None, "upload": key}
            if key:
                self.images[key] = None
            elif _outward(address := str(token.attrGet("src") or "")):
                self.links[address] = None
        for token in self.anchors:
            address = str(token.attrGet("href") or "")
            if _outward(address):
                token.attrSet("rel", OUTWARD)
                self.links[address] = None


def _write_mention(tokens, at, options, env) -> str:
    token = tokens[at]
    found = token.meta.get("found")
    if not found:
        return "@" + html.escape(token.content)
    name = token.meta["name"]
    rest = html.escape(token.content[len(name) :])
    return f'<a class="mention" href="{html.escape(found.url)}">@{html.escape(found.name or name)}</a>{rest}'


def _write_picture(tokens, at, options, env) -> str:
    token = tokens[at]
    alt = html.escape(_plain_of(token.children or []).strip())
    found = token.meta.get("found")
    if found:
        size = f' width="{found.width}" height="{found.height}"' if found.width and found.height else ""
        return f'<img src="{html.escape(found.url)}" alt="{alt}"{size} loading="lazy">'
    if token.meta.get("upload"):
        return f"<em>{alt}</em>"
    # A picture elsewhere would tell that host who reads here: it becomes a link.
    address = html.escape(str(token.attrGet("src") or ""))
    return f'<a href="{address}" rel="{OUTWARD}">{alt or address}</a>'


def _write_cell(tokens, at, options, env) -> str:
    token = tokens[at]
    side = {"text-align:center": "text-center", "text-align:right": "text-end"}.get(str(token.attrGet("style")))
    return f'<{token.tag} class="{side}">' if side else f"<{token.tag}>"


def _write_heading(tokens, at, options, env) -> str:
    token = tokens[at]
    level = min(6, int(token.tag[1]) + 2)  # h1 and h2 belong to the page
    return f"<{'/' if token.nesting < 0 else ''}h{level}>"


_markdown.renderer.rules.update(  # type: ignore[attr-defined]
    {
        "mention": _write_mention,
        "image": _write_picture,
        "th_open": _write_cell,
        "td_open": _write_cell,
        "heading_open": _write_heading,
        "heading_close": _write_heading,
        "table_open": lambda *_: '<div class="table-scroll"><table>',
        "table_close": lambda *_: "</table></div>",
    }
)


def _kept(tag: str, attribute: str, value: str) -> str | None:
    if attribute == "class" and tag == "code":
        return value if re.fullmatch(r"language-[\w+#-]{1,20}", value) else None
    if attribute == "rel":
        return OUTWARD if value == OUTWARD else None
    if attribute in ("width", "height", "start"):
        return value if value.isascii() and value.isdigit() and len(value) < 7 else None
    return value


_TAGS = "p br hr em strong s a img code pre blockquote ul ol li h3 h4 h5 h6 table thead tbody tr th td div"
_cleaner = nh3.Cleaner(
    tags=set(_TAGS.split()),
    attributes={
        "a": {"href", "rel"},
        "img": {"src", "alt", "width", "height", "loading"},
        "ol": {"start"},
        "code": {"class"},
    },
    allowed_classes={
        "a": {"mention"},
        "div": {"table-scroll"},
        "th": {"text-center", "text-end"},
        "td": {"text-center", "text-end"},
    },
    attribute_filter=_kept,
    url_schemes={"http", "https", "mailto"},
    link_rel=None,
)


def _plain_of(tokens: Sequence[Token]) -> str:
    parts = []
    for token in tokens:
        if token.type in ("softbreak", "hardbreak"):
            parts.append("\n")
        elif token.type == "mention":
            parts.append("@" + token.content)
        elif token.children:
            parts.append(_plain_of(token.children))
        elif token.type in ("text", "code_inline", "text_special"):
            parts.append(token.content)
    return "".join(parts)


def _plain(tokens: Sequence[Token]) -> str:
    lines = []
    for token in tokens:
        if token.type == "inline":
            lines.append(_plain_of(token.children or []))
        elif token.type in ("fence", "code_block"):
            lines.append(token.content.rstrip("\n"))
    return "\n".join(line for line in lines if line.strip())


def _as_typed(source: str) -> str:
    paragraphs = re.split(r"\n{2,}", html.escape(source, quote=False).strip("\n"))
    return "".join(f"<p>{'<br>'.join(paragraph.split(chr(10)))}</p>" for paragraph in paragraphs if paragraph.strip())


def render(source: str, *, resolve: Resolve | None = None) -> Rendered:
    """The stored forms of a Markdown `source`. Raises TooLong beyond LIMIT characters.

    `resolve(kind, keys)` finds members and uploads (default: what apps registered). Without a finder for members, every
    @name counts as a mention; with one, only those found.
    """
    if len(source) > LIMIT:
        raise TooLong(field="body")
    source = tidy(source)
    try:
        tokens = _markdown.parse(source, {"steps": STEPS})
    except TooTangled:
        return Rendered(_as_typed(source), source, (), (), ())
    references = _References(tokens, resolve or registered)
    references.settle(known_members_only=resolve is not None or "member" in _resolvers)
    written = _markdown.renderer.render(tokens, _markdown.options, {})
    return Rendered(
        html=_cleaner.clean(written).strip(),
        text=_plain(tokens),
        mentions=tuple(references.mentions),
        images=tuple(references.images),
        links=tuple(references.links),
    )
