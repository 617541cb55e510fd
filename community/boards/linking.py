"""What a page tells machines about itself: its one address, its feed, a line of text."""

from dataclasses import dataclass

from django.urls import reverse

from community.boards.models import Topic
from community.boards.showing import TopicShown
from community.foundation.addresses import absolute
from community.foundation.characters import excerpt


@dataclass(frozen=True)
class Links:
    """`canonical` and `feed` are absolute; `text` describes the page in one line."""

    canonical: str
    feed: str = ""
    text: str = ""


def of_list(path: str, feed: str = "") -> Links:
    """A list is one page whatever its order: all its orders and pages name the plain address."""
    return Links(canonical=absolute(path), feed=feed)


def of_topic(shown: TopicShown) -> Links:
    """Each numbered page of a topic holds other posts and so is its own canonical page."""
    topic: Topic = shown.topic
    page = f"?page={shown.number}" if shown.number > 1 else ""
    text = excerpt(shown.posts[0].post.text) if shown.posts else topic.title
    feed = absolute(reverse("community_boards:topic_feed", args=[topic.pk]))
    return Links(canonical=absolute(topic.get_absolute_url() + page), feed=feed, text=text)
