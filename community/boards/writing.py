"""What is stored of a text beside its source, made when it is written so that nothing is parsed when it is read."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from community.boards.models import Post, Revision, Tag, Topic, TopicSubject, TopicTag
from community.boards.quoting import quoted_ids
from community.boards.wording import MOST_SUBJECTS
from community.foundation import markdown
from community.foundation.analyser import search_document
from community.foundation.problems import Invalid
from community.members import allowances
from community.members.models import Member
from community.subjects.models import Subject
from community.uploads import binding

WRITTEN_FIELDS = ("source", "html", "text", "renderer", "mentions", "images", "search")


def write(post: Post, source: str, *, title: str | None = None) -> markdown.Rendered:
    """Set `source` and all that follows from it on a post; `title` is the topic's, for its opening post."""
    rendered = markdown.render(source)
    post.source, post.html, post.text = source, rendered.html, rendered.text
    post.renderer = markdown.VERSION
    post.mentions = list(Member.objects.filter(username__in=rendered.mentions).values_list("pk", flat=True))
    post.images = list(rendered.images)
    post.search = document(rendered.text, title)
    return rendered


def document(text: str, title: str | None) -> str:
    """The search document of a post: an opening post is found by its topic's title too."""
    return search_document(*([(title, "A")] if title else []), (text, "D"))


def title_document(title: str) -> str:
    return search_document((title, "A"))


@dataclass(frozen=True)
class References:
    """To whom and where a text leads: addresses outside this site, names, quoted posts."""

    links: frozenset[str] = frozenset()
    mentions: frozenset[str] = frozenset()
    quotes: frozenset[uuid.UUID] = frozenset()


def references(source: str, rendered: markdown.Rendered) -> References:
    return References(frozenset(rendered.links), frozenset(rendered.mentions), frozenset(quoted_ids(source)))


def spend_references(by: Member, found: References, *, before: References = References()) -> None:
    """Links and mentions have limits of their own, tight for the new; those that stood there `before` cost nothing.

    A quote is heard like a mention; one that also names its author counts once. Raises TooMany.
    """
    named = max(len(found.mentions - before.mentions), len(found.quotes - before.quotes))
    for act, amount in (("link", len(found.links - before.links)), ("mention", named)):
        if amount:
            allowances.spend(member=by, act=act, amount=amount)


def bind_images(by: Member, post: Post) -> None:
    """The pictures of a published text may be seen by whoever may see the text."""
    if post.images:
        binding.bind(by=by, ids=[uuid.UUID(each) for each in post.images], target=post)


def settle_images(post: Post) -> None:
    """Pictures of what neither the text nor its open history shows are seen no longer: mended within the grace, or
    hidden with a revision."""
    left = binding.bound_to(post) - {uuid.UUID(each) for each in post.images}
    if left:
        for source in Revision.objects.filter(post=post, hidden=False).values_list("source", flat=True):
            left -= images_of(source)
        binding.unbind(target=post, ids=left)


def images_of(source: str) -> set[uuid.UUID]:
    return {uuid.UUID(each) for each in markdown.render(source).images}


def tags_named(names: Sequence[str]) -> list[Tag]:
    """The tags of these (clean) names, made where missing, by id."""
    Tag.objects.bulk_create([Tag(slug=name) for name in sorted(names)], ignore_conflicts=True)
    return list(Tag.objects.filter(slug__in=names).order_by("pk"))


def set_tags(topic: Topic, names: Sequence[str]) -> tuple[list[uuid.UUID], list[uuid.UUID]]:
    """Let the topic carry exactly these tags; gives the ids of those added and those taken away."""
    wanted = {tag.pk for tag in tags_named(names)}
    present = set(TopicTag.objects.filter(topic=topic).values_list("tag_id", flat=True))
    TopicTag.objects.filter(topic=topic, tag__in=present - wanted).delete()
    TopicTag.objects.bulk_create([TopicTag(topic=topic, tag_id=tag_id) for tag_id in sorted(wanted - present)])
    return sorted(wanted - present), sorted(present - wanted)


def set_subjects(
    topic: Topic, subjects: Sequence[Subject], *, verdict: str | None = None, for_whom: str | None = None
) -> None:
    """Let the topic speak of exactly these subjects; the first carries the verdict of a word-of-mouth topic.

    None leaves a verdict as it is. Raises Invalid (field `subjects`) for more than ten.
    """
    if len({subject.pk for subject in subjects}) > MOST_SUBJECTS:
        raise Invalid(code="too_many", field="subjects")
    TopicSubject.objects.filter(topic=topic).exclude(subject__in=subjects).delete()
    for subject in subjects:
        TopicSubject.objects.get_or_create(topic=topic, subject=subject)
    if subjects and verdict is not None:
        first = TopicSubject.objects.filter(topic=topic, subject=subjects[0])
        first.update(verdict=verdict, for_whom=for_whom or "")
