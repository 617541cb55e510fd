"""schema.org markup of a topic: QAPage for questions, DiscussionForumPosting for the rest, never both on one page.

https://developers.google.com/search/docs/appearance/structured-data/discussion-forum and .../qapage
"""

import json
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from community.boards.models import Post, Topic
from community.boards.showing import PostShown, TopicShown
from community.foundation.addresses import absolute
from community.foundation.characters import excerpt

_ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


def topic(shown: TopicShown) -> SafeString | None:
    """The JSON-LD of a page of a topic, safe inside a script element; None while the topic is not published."""
    if not shown.topic.is_published or not shown.posts:
        return None
    graph = _question(shown) if shown.topic.is_question else _discussion(shown)
    return mark_safe(json.dumps(graph, ensure_ascii=False).translate(_ESCAPES))


def _discussion(shown: TopicShown) -> dict[str, Any]:
    topic, opening = shown.topic, shown.opening
    posting = {
        "@context": "https://schema.org",
        "@type": "DiscussionForumPosting",
        "headline": topic.title,
        "url": absolute(topic.get_absolute_url()),
        "datePublished": topic.created_at.isoformat(),
        "author": _author(topic),
        "interactionStatistic": _answers(topic),
        "comment": [_comment(each.post) for each in shown.posts if not each.post.is_opening and each.post.is_published],
    }
    if opening:
        posting["text"] = excerpt(opening.post.text, 5000)
    return posting


def _question(shown: TopicShown) -> dict[str, Any]:
    topic, opening = shown.topic, shown.opening
    answers = [each for each in shown.posts if not each.post.is_opening and each.post.is_published]
    question: dict[str, Any] = {
        "@type": "Question",
        "name": topic.title,
        "text": excerpt(opening.post.text, 5000) if opening else topic.title,
        "url": absolute(topic.get_absolute_url()),
        "answerCount": topic.reply_count,
        "datePublished": topic.created_at.isoformat(),
        "author": _author(topic),
        "suggestedAnswer": [_answer(each) for each in answers if not each.is_answer],
    }
    accepted = [_answer(each) for each in answers if each.is_answer]
    if accepted:
        question["acceptedAnswer"] = accepted[0]
    return {"@context": "https://schema.org", "@type": "QAPage", "mainEntity": question}


def _comment(post: Post) -> dict[str, Any]:
    return {
        "@type": "Comment",
        "text": excerpt(post.text, 5000),
        "datePublished": post.created_at.isoformat(),
        "url": absolute(post.get_absolute_url()),
        "author": _author(post),
    }


def _answer(shown: PostShown) -> dict[str, Any]:
    return {**_comment(shown.post), "@type": "Answer", "upvoteCount": shown.post.reaction_count}


def _author(written: Topic | Post) -> dict[str, Any]:
    author = written.author
    if author is None:
        return {"@type": "Person", "name": "—"}
    return {"@type": "Person", "name": author.shown_name, "url": absolute(author.get_absolute_url())}


def _answers(topic: Topic) -> dict[str, Any]:
    return {
        "@type": "InteractionCounter",
        "interactionType": "https://schema.org/CommentAction",
        "userInteractionCount": topic.reply_count,
    }
