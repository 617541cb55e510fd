"""Boards and what stands on them. Split by subject: places (boards and who may do what there), topics, posts, tags."""

from community.boards.models.places import Board, BoardCategory, BoardRight
from community.boards.models.posts import Post, Revision
from community.boards.models.tags import Tag, TagUse, TopicSubject, TopicTag
from community.boards.models.topics import Topic

__all__ = [
    "Board",
    "BoardCategory",
    "BoardRight",
    "Post",
    "Revision",
    "Tag",
    "TagUse",
    "Topic",
    "TopicSubject",
    "TopicTag",
]
