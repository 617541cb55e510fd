"""Secrets of boards for the leak matrix: a private board, an own-topics-only board, removed and hidden texts."""

from datetime import timedelta

from community.boards.arranging import Audience, Verb, grant
from community.boards.editing import edit_post
from community.boards.removing import hide, remove_post
from community.foundation.clock import shifted
from tests.factories.boards import a_board, a_post, a_private_board, a_topic, let_moderate
from tests.factories.members import an_operator


def plant_public(world) -> None:
    """A public board with a topic, and a board that one of the actors moderates."""
    world.public_board = a_board(slug="public", name="Public board")
    world.public_topic = a_topic(board=world.public_board, by=world.author, title="Open to all", tags=["open"])
    a_post(world.public_topic, by=world.author)
    world.help_desk = a_board(slug="help-desk", name="Help desk", own_topics_only=True)
    let_moderate(world.actors["moderator_of_another_board"], a_board(slug="elsewhere", name="Elsewhere"))
    _plant_removed(world)  # the stub of a removed reply is public


def plant(world) -> None:
    """Every kind of row that someone may be refused, each with its own secret."""
    board = world.private_board = a_private_board(
        world.author,
        slug="private-board",
        name=world.secret("board name"),
        description=world.secret("board description"),
    )
    topic = world.private_topic = a_topic(
        board=board,
        by=world.author,
        title=world.secret("private topic title"),
        body=world.secret("private topic text"),
        tags=[world.secret("private tag").split()[1], "a-private-tag"],
    )
    post = a_post(topic, by=world.author, body=world.secret("private reply"))
    world.route(
        board_slug=board.slug, topic_id=topic.pk, post_id=post.pk, tag_slug="a-private-tag", number=1, kind="topics"
    )
    _plant_own_topic(world)
    grant(board=board, verb=Verb.MODERATE, audience=Audience.MEMBER, member=an_operator())


def _plant_own_topic(world) -> None:
    topic = a_topic(
        board=world.help_desk,
        by=world.author,
        title=world.secret("own topic title"),
        body=world.secret("own topic text"),
    )
    world.route(topic_id=topic.pk, post_id=topic.posts.get().pk)


def _plant_removed(world) -> None:
    operator = an_operator()
    removed = a_post(world.public_topic, by=world.author, body=world.secret("removed reply"))
    with shifted(timedelta(minutes=6)):
        edit_post(by=world.author, post=removed, body=world.secret("removed reply, second text"))
    remove_post(by=world.author, post=removed)
    hidden = a_topic(
        board=world.public_board, by=world.author, title=world.secret("hidden title"), body=world.secret("hidden text")
    )
    hide(target=hidden, by=operator, reason="not for here")
    world.route(post_id=removed.pk, topic_id=hidden.pk)
