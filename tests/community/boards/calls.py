"""Each operation of boards, called once for real."""

from datetime import timedelta

from community.boards.editing import edit_post
from community.boards.removing import remove_post, remove_topic
from community.foundation.clock import shifted
from tests.factories.boards import a_board, a_post, a_topic, let_moderate
from tests.factories.members import a_member
from tests.factories.subjects import a_subject
from tests.rest.calls import Call, call


@call("boards_list")
def _():
    a_board()
    return Call()


@call("boards_read")
def _():
    return Call(kwargs={"board_slug": a_board().slug})


@call("boards_topics_list")
def _():
    topic = a_topic(tags=["bread"])
    return Call(kwargs={"board_slug": topic.board.slug}, query={"order": "top", "period": "week", "tag": "bread"})


@call("topics_list")
def _():
    subject = a_subject()
    a_topic(board=a_board(kind="word_of_mouth"), subjects=[subject], verdict="recommend", for_whom="beginners")
    return Call(by=a_member(), query={"order": "new", "subject": subject.slug})


@call("topics_create")
def _():
    board = a_board(kind="word_of_mouth")
    body = {"board": board.slug, "title": "A good oven", "body": "It *bakes*.", "tags": ["ovens"]}
    body |= {"subjects": [a_subject().slug], "fields": {"verdict": "recommend", "for_whom": "bakers"}}
    return Call(by=a_member(), body=body)


@call("topics_read")
def _():
    return Call(kwargs={"topic_id": a_topic().pk})


@call("topics_update")
def _():
    author = a_member()
    topic = a_topic(by=author)
    return Call(by=author, kwargs={"topic_id": topic.pk}, body={"title": "Another title", "tags": ["new"]})


@call("topics_remove")
def _():
    author = a_member()
    return Call(by=author, kwargs={"topic_id": a_topic(by=author).pk})


@call("topics_posts_list")
def _():
    return Call(kwargs={"topic_id": a_post().topic_id})


@call("topics_posts_create")
def _():
    post = a_post()
    return Call(by=a_member(), kwargs={"topic_id": post.topic_id}, body={"body": "Yes.", "reply_to": str(post.pk)})


def a_question():
    asker = a_member()
    topic = a_topic(board=a_board(kind="question"), by=asker)
    return asker, topic, a_post(topic)


@call("topics_answer_set")
def _():
    asker, topic, reply = a_question()
    return Call(by=asker, kwargs={"topic_id": topic.pk}, body={"post": str(reply.pk)})


@call("topics_answer_withdraw")
def _():
    asker, topic, _reply = a_question()
    return Call(by=asker, kwargs={"topic_id": topic.pk})


def a_moderated_topic():
    moderator = a_member()
    return moderator, a_topic(board=a_board(moderator=moderator))


@call("topics_state_update")
def _():
    moderator, topic = a_moderated_topic()
    other = a_board()
    let_moderate(moderator, other)
    body = {"pinned": True, "locked": True, "slow_seconds": 60, "board": other.slug}
    return Call(by=moderator, kwargs={"topic_id": topic.pk}, body=body)


@call("topics_split")
def _():
    moderator, topic = a_moderated_topic()
    return Call(by=moderator, kwargs={"topic_id": topic.pk}, body={"posts": [str(a_post(topic).pk)], "title": "Apart"})


@call("topics_merge")
def _():
    moderator, topic = a_moderated_topic()
    return Call(by=moderator, kwargs={"topic_id": topic.pk}, body={"into": str(a_topic(board=topic.board).pk)})


@call("topics_restore")
def _():
    author = a_member()
    topic = a_topic(by=author)
    remove_topic(by=author, topic=topic)
    return Call(by=author, kwargs={"topic_id": topic.pk}, body={})


@call("posts_read")
def _():
    return Call(kwargs={"post_id": a_post().pk})


@call("posts_update")
def _():
    author = a_member()
    return Call(by=author, kwargs={"post_id": a_post(by=author).pk}, body={"body": "Better.", "reason": "clearer"})


@call("posts_remove")
def _():
    author = a_member()
    return Call(by=author, kwargs={"post_id": a_post(by=author).pk})


@call("posts_restore")
def _():
    author = a_member()
    post = a_post(by=author)
    remove_post(by=author, post=post)
    return Call(by=author, kwargs={"post_id": post.pk}, body={})


@call("posts_revisions_list")
def _():
    author = a_member()
    post = a_post(by=author)
    with shifted(timedelta(minutes=6)):
        edit_post(by=author, post=post, body="Second")
    return Call(kwargs={"post_id": post.pk})


@call("tags_list")
def _():
    a_topic(tags=["bread"])
    return Call(query={"q": "br"})
