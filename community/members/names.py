"""User names: which are allowed, and when two count as the same.

A name has two keys, both unique over all members and former names:

* `key`: NFKC and case folded, by which it is looked up, so that "Mina" and "mina" are one member;
* `skeleton`: what the eye sees (Unicode TR 39, section 4): "pauI" with a capital i has the skeleton of "paul".
"""

import functools
import re
import unicodedata

from confusable_homoglyphs import confusables
from django.utils.translation import gettext_lazy as _

from community.foundation.characters import is_blank
from community.foundation.problems import Invalid

SHORTEST, LONGEST = 2, 30
PATTERN = r"[^/?#\s]{2,30}"  # of an address; the exact rule is `checked`
OFFICES = (  # reserved with digits, "-" and "_" added too
    "admin", "administrator", "hostmaster", "madang", "moderator", "official", "operator", "postmaster", "root",
    "staff", "superuser", "support", "system", "webmaster", "고객센터", "관리자", "마당", "마당지기", "운영자", "운영진",
)  # fmt: skip
RESERVED = (
    *OFFICES, "all", "anonymous", "api", "board", "boards", "courtyard", "everyone", "former", "former-member",
    "guest", "help", "here", "info", "login", "logout", "mail", "me", "member", "members", "moderators", "nobody",
    "none", "null", "operators", "owner", "security", "self", "settings", "signup", "team", "teams", "undefined",
    "visitor", "mine", "trust", "pictures", "공지", "나", "비회원", "손님", "시스템", "탈퇴회원", "회원",
)  # fmt: skip
LIKE_L = {"\u04cf": "l"}  # TR 39 says i of the small palochka, the letter of the forged "apple"
_UNMIXED = ("LATIN", "GREEK", "CYRILLIC", "ARMENIAN", "CHEROKEE", "COPTIC")
_DIGIT_TWINS = str.maketrans({"0": "O", "1": "l", "I": "l", "|": "l"})


def checked(name: str, *, reserved_too: bool = False) -> str:
    """`name` in NFC, if it may be used; names kept for the site only with `reserved_too`.

    Raises Invalid (field `username`) with code `username_length`, `username_characters`, `username_mixed` or
    `username_reserved`. Whether it is taken is another question (`naming.ensure_free`).
    """
    name = unicodedata.normalize("NFC", name.strip())
    if not SHORTEST <= len(name) <= LONGEST:
        raise _refused("username_length", _("A user name has 2 to 30 characters."))
    if not _well_formed(name) or max(len(key(name)), len(skeleton(name))) > 2 * LONGEST:  # one sign may be a phrase
        raise _refused("username_characters", _("A user name has letters, digits, “-” and “_” only."))
    if len(_scripts(name)) > 1:
        raise _refused("username_mixed", _("A user name does not mix alphabets that look alike. Use one of them."))
    if not reserved_too and _is_reserved(name):
        raise _refused("username_reserved", _("That user name is kept for the site. Choose another."))
    return name


def key(name: str) -> str:
    """By which a name is looked up."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())


def skeleton(name: str) -> str:
    """What the eye sees of a name; two names with one skeleton cannot both exist."""
    seen = "".join(_prototypes().get(char, char) for char in unicodedata.normalize("NFKC", name))
    return unicodedata.normalize("NFKC", seen.translate(_DIGIT_TWINS).casefold()).replace("rn", "m").replace("vv", "w")


def _refused(code: str, sentence: object) -> Invalid:
    return Invalid(sentence, code=code, field="username")  # type: ignore[arg-type]


def _well_formed(name: str) -> bool:
    marks = 0
    for position, char in enumerate(name):
        if is_blank(char):
            return False
        kind = unicodedata.category(char)
        if kind in {"Mn", "Mc"}:
            marks += 1
            if position == 0 or marks > 2:
                return False
            continue
        marks = 0
        if not (kind[0] == "L" or kind == "Nd" or char in "-_"):
            return False
    return any(unicodedata.category(char)[0] in "LN" for char in name)


def _scripts(name: str) -> set[str]:
    first_words = {unicodedata.name(char, "").split(" ")[0] for char in name if char.isalpha()}
    return first_words.intersection(_UNMIXED)


def _is_reserved(name: str) -> bool:
    bare = re.sub(r"[-_]+|\d+$", "", name)
    return not _looks(name).isdisjoint(_all_looks(RESERVED)) or not _looks(bare).isdisjoint(_all_looks(OFFICES))


def _looks(name: str) -> set[str]:
    return {skeleton(name), key(name)}


@functools.cache
def _all_looks(words: tuple[str, ...]) -> frozenset[str]:
    """Small and in capitals: ADMlN with a small l looks like ADMIN."""
    return frozenset(skeleton(form) for word in words for form in (word, word.upper()))


@functools.cache
def _prototypes() -> dict[str, str]:
    """Each confusable letter with the one it stands for (TR 39's table maps every alias to one prototype)."""
    single = {
        char: [alias["c"] for alias in aliases if len(alias["c"]) == 1]
        for char, aliases in confusables.confusables_data.items()
        if len(char) == 1
    }
    found: dict[str, str] = {}
    for char, aliases in single.items():
        if len(aliases) == 1 and not char.isascii():
            other = aliases[0]
            found[char] = other if other.isascii() or len(single.get(other, ())) > 1 else min(char, other)
    return found | LIKE_L
