"""Topics and posts as things that others point at by (kind, id): flags, bookmarks, notices, touchpoints, search."""

from community.boards import removing
from community.boards.models import Board, Post, Topic
from community.foundation import targets


def register() -> None:
    """Make topics and posts known; called when the app is ready."""
    targets.register(
        targets.Kind(
            name="topic",
            model="community_boards.Topic",
            title=lambda topic: topic.title,
            url=lambda topic: topic.get_absolute_url(),
            author=lambda topic: topic.author,
            hide=removing.hide,
            restore=removing.restore,
            board=lambda topic: topic.board,
            text=_opening_words,
        )
    )
    targets.register(
        targets.Kind(
            name="post",
            model="community_boards.Post",
            title=lambda post: post.topic.title,
            url=lambda post: post.get_absolute_url(),
            author=lambda post: post.author,
            hide=removing.hide,
            restore=removing.restore,
            board=_board_of_post,
            text=lambda post: post.source,
        )
    )


def _board_of_post(post: Post) -> Board:
    return post.topic.board


def _opening_words(topic: Topic) -> str:
    opening = topic.posts.filter(number=1).first()
    return opening.source if opening else ""
