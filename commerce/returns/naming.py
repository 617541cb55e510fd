"""What a return is called in notices and lists."""

from django.utils.translation import ngettext

from commerce.returns.models import Return


def title_of(row: Return) -> str:
    """The first thing that comes back, how many others, and the number."""
    titles = [one.line.title for one in row.lines.select_related("line").order_by("line__position", "id")]
    return f"{summary(titles)} ({row.number})"


def summary(titles: list[str]) -> str:
    others = len(titles) - 1
    if others < 1:
        return titles[0] if titles else ""
    words = ngettext("%(first)s and %(n)d more", "%(first)s and %(n)d more", others)
    return words % {"first": titles[0], "n": others}
