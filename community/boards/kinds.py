"""Topics and posts as things that others point at by (kind, id): flags, bookmarks, notices, touchpoints, search."""

from community.boards import removing
from community.boards.models import Board, Post
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
        )
    )


def _board_of_post(post: Post) -> Board:
    return post.topic.board
