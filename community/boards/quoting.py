"""Quote a post: the Markdown that leads back to it, and which posts a text quotes."""

import re
import uuid

from community.boards.models import Post
from community.foundation.characters import excerpt

LENGTH = 600
_ID = r"([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})"
_HEAD = re.compile(rf"^ {{0,3}}> ?(?:@\S{{1,40}} )?\[#\d{{1,9}}\]\([^\s()]{{0,200}}/posts/{_ID}/\)", re.MULTILINE)


def quotation(post: Post) -> str:
    """The beginning of `post` as a Markdown quote under its author's name and number."""
    who = f"@{post.author.username} " if post.author else ""
    head = f"> {who}[#{post.number}]({post.get_absolute_url()})"
    lines = excerpt(post.text, LENGTH).splitlines()
    return "\n".join([head, ">", *(f"> {line}" for line in lines)]) + "\n\n"


def quoted_ids(source: str) -> set[uuid.UUID]:
    """The posts that a Markdown text quotes: those to which the heads of its quotes lead."""
    return {uuid.UUID(found) for found in _HEAD.findall(source)}
