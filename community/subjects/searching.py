"""Finding subjects by name; the search box of the whole site asks the same column."""

from django.contrib.postgres.search import SearchVectorField
from django.db.models import QuerySet, Value
from django.db.models.functions import Cast

from community.foundation.analyser import search_document, search_query
from community.subjects.models import Subject


def document(*, name: str, summary: str, facts: dict[str, object]) -> str:
    """The search vector's literal: the name before what is told of it."""
    told = " ".join(str(value) for value in facts.values() if value)
    return search_document((name, "A"), (f"{summary} {told}", "B"))


def index(subject: Subject) -> None:
    """Bring the search column up to date; part of every act that changes the words of a subject."""
    literal = document(name=subject.name, summary=subject.summary, facts=subject.facts)
    Subject.objects.filter(pk=subject.pk).update(search=Cast(Value(literal), SearchVectorField()))


def matching(rows: QuerySet[Subject], words: str) -> QuerySet[Subject]:
    """The rows that hold all `words`; none if there is no word in them.

    Raises TooLongToSearch for an excessive query.
    """
    query = search_query(words)
    return rows.filter(search=query.matching()) if query else rows.none()
