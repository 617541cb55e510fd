"""Whether a letter really comes from the address it names (RFC 8601, with alignment as DMARC asks, RFC 7489 3.1).

Our own mail server checks SPF and DKIM and writes what it found into `Authentication-Results`. Anyone can write such a
header, so only the topmost one counts, and only if it carries the server's own name (MAIL_AUTHSERV_ID); without that
setting no letter is trusted. What passed must also be about the domain in `From`: that some domain passed says nothing.
"""

import re
from email.headerregistry import Address
from email.message import EmailMessage

_COMMENT = re.compile(r"\([^()]*\)")
_RESULT = re.compile(r"^\s*(spf|dkim)\s*=\s*pass\b(.*)$", re.IGNORECASE | re.DOTALL)
_PROPERTY = re.compile(r"\b(smtp\.mailfrom|header\.d|header\.i)\s*=\s*\"?([^\s;\"]+)", re.IGNORECASE)
DEEPEST_COMMENTS = 5


def sender_of(letter: EmailMessage) -> Address | None:
    """The one address in the one `From` of a letter; None if there are more, or none."""
    headers = letter.get_all("From") or []
    if len(headers) != 1:
        return None
    addresses: list[Address] = list(getattr(headers[0], "addresses", ()))
    if len(addresses) != 1 or not addresses[0].domain or not addresses[0].username:
        return None
    return addresses[0]


def is_authentic(letter: EmailMessage, *, authserv_id: str) -> bool:
    """Whether SPF or DKIM passed for the domain of the sender, as our own mail server says."""
    sender = sender_of(letter)
    headers = letter.get_all("Authentication-Results") or []
    if not authserv_id or sender is None or not headers:
        return False
    written_by, results = _parsed(str(headers[0]))
    if written_by != authserv_id.lower():
        return False
    return any(_passes_for(result, sender.domain.lower().rstrip(".")) for result in results)


def _parsed(header: str) -> tuple[str, list[str]]:
    """Who wrote the header, and its results; comments are dropped, since anything can stand in them."""
    for _level in range(DEEPEST_COMMENTS):
        header = _COMMENT.sub(" ", header)
    written_by, *results = header[:8000].split(";")
    names = written_by.split()
    return (names[0].lower() if names else ""), results


def _passes_for(result: str, domain: str) -> bool:
    passed = _RESULT.match(result)
    if passed is None:
        return False
    wanted = {"spf": {"smtp.mailfrom"}, "dkim": {"header.d", "header.i"}}[passed[1].lower()]
    named = [value for name, value in _PROPERTY.findall(passed[2]) if name.lower() in wanted]
    return any(_aligned(value.rpartition("@")[2].lower().rstrip("."), domain) for value in named)


def _aligned(passed: str, domain: str) -> bool:
    """The same domain, or the sender's is below it. A bare top level ("com") vouches for nobody."""
    return "." in passed and (domain == passed or domain.endswith(f".{passed}"))
