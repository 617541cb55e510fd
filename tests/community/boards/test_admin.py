"""The operators' pages of boards."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from community.boards.models import Board, Topic
from tests.factories.boards import a_board, a_category, a_post, a_topic
from tests.factories.members import a_member, an_operator, logged_in

pytestmark = pytest.mark.django_db
PAGES = ["board", "boardcategory", "topic", "post", "tag"]


@pytest.fixture
def operator():
    return logged_in(an_operator())


def test_a_new_board_is_open_as_usual_and_shows_its_customs(operator) -> None:
    form = {"slug": "kitchen", "name": "Kitchen", "kind": "discussion", "position": 0, "customs": "Be *kind*."}
    form |= {"category": a_category().pk, "rights-TOTAL_FORMS": 0, "rights-INITIAL_FORMS": 0}
    assert operator.post("/admin/community_boards/board/add/", form).status_code == 302
    board = Board.objects.get()
    assert board.customs_html == "<p>Be <em>kind</em>.</p>"
    assert sorted(board.rights.values_list("verb", flat=True)) == ["post", "read", "reply"]


def test_topics_are_locked_and_hidden_by_acts(operator) -> None:
    topic = a_topic()
    chosen = {"_selected_action": [str(topic.pk)]}
    assert operator.post("/admin/community_boards/topic/", {**chosen, "action": "lock"}).status_code == 302
    assert (
        operator.post(
            "/admin/community_boards/topic/", {**chosen, "action": "hide_chosen", "go": "1", "reason": "Spam."}
        ).status_code
        == 302
    )
    topic.refresh_from_db()
    topic.board.refresh_from_db()
    assert (topic.locked, topic.state, topic.board.topic_count) == (True, "hidden", 0)


def test_what_members_wrote_is_not_typed_over_here(operator) -> None:
    topic = a_topic(title="Mine")
    path = f"/admin/community_boards/topic/{topic.pk}/change/"
    assert operator.get(path).status_code == 200
    assert operator.post(path, {"title": "Yours"}).status_code == 403
    assert Topic.objects.get().title == "Mine"


@pytest.mark.parametrize("page", PAGES)
def test_no_page_costs_over_twenty_queries_and_rows_cost_none(operator, page: str) -> None:
    author = a_member(is_operator=True)
    topic = a_topic(by=author, tags=["one"], board=a_board(category=a_category()))
    path = f"/admin/community_boards/{page}/"

    def cost() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert operator.get(path).status_code == 200
        return len(captured)

    few = min(cost() for _ in range(3))
    for number in range(10):
        a_post(topic, by=author)
        a_topic(by=author, tags=[f"tag-{number}"], board=a_board(category=a_category()))
    many = min(cost() for _ in range(3))
    assert many <= 20
    assert many <= few or page == "board"


@pytest.mark.parametrize("page", PAGES)
def test_others_find_no_admin(page: str) -> None:
    assert logged_in(a_member()).get(f"/admin/community_boards/{page}/").status_code == 302
