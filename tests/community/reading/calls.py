"""The operations of reading, each called for real."""

from community.reading.bookmarking import bookmark
from tests.factories.boards import a_board, a_topic
from tests.factories.members import a_member
from tests.rest.calls import Call, call


@call("topics_read_update")
def _():
    return Call(by=a_member(), kwargs={"topic_id": a_topic().pk}, body={"post_number": 1})


@call("topics_follow_update")
def _():
    return Call(by=a_member(), kwargs={"topic_id": a_topic().pk}, body={"level": "watch"})


@call("boards_follow_update")
def _():
    return Call(by=a_member(), kwargs={"board_slug": a_board().slug}, body={"level": "track"})


@call("boards_read_update")
def _():
    return Call(by=a_member(), kwargs={"board_slug": a_board().slug}, status=204)


@call("bookmarks_list")
def _():
    member = a_member()
    bookmark(by=member, target=a_topic(), note="later")
    return Call(by=member)


@call("bookmarks_update")
def _():
    return Call(
        by=a_member(),
        kwargs={"target_kind": "member", "target_id": a_member().pk},
        body={"note": "ask about the well", "remind_at": "2099-01-01T09:00:00Z"},
    )


@call("bookmarks_delete")
def _():
    return Call(by=a_member(), kwargs={"target_kind": "member", "target_id": a_member().pk}, status=204)


@call("topics_bookmark_update")
def _():
    return Call(by=a_member(), kwargs={"topic_id": a_topic().pk}, body={"note": "later"})


@call("topics_bookmark_delete")
def _():
    return Call(by=a_member(), kwargs={"topic_id": a_topic().pk}, status=204)


@call("posts_bookmark_update")
def _():
    return Call(by=a_member(), kwargs={"post_id": a_topic().posts.get().pk}, body={})


@call("posts_bookmark_delete")
def _():
    return Call(by=a_member(), kwargs={"post_id": a_topic().posts.get().pk}, status=204)
