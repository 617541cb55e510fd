"""What pages show of a member in their frame: remembered for a while, and drawn anew after what the member does."""

import pytest

from community.notifications.noticing import tell
from tests.factories.boards import a_post, a_topic
from tests.factories.members import a_member, logged_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _remembered(settings) -> None:
    settings.FRAME_REMEMBERED_SECONDS = 60


def bell(client) -> int:
    """The number on the bell."""
    page = client.get("/topics/", headers={"Accept-Language": "en"}).content.decode()
    shown = page.split('id="notice-count">')[1].split("</a>")[0]
    return int(shown.split('aria-hidden="true">')[1].split("<")[0]) if "aria-hidden" in shown else 0


def test_a_notice_shows_with_the_next_page(django_capture_on_commit_callbacks) -> None:
    member = a_member()
    client = logged_in(member)
    topic = a_topic(by=member)
    assert bell(client) == 0
    post = a_post(topic)
    with django_capture_on_commit_callbacks(execute=True):
        tell(kind="reply", to=[member.pk], target=("topic", topic.pk), source=("post", post.pk), by=post.author_id)
    assert bell(client) == 1


def test_what_the_member_does_shows_with_the_next_page() -> None:
    member = a_member()
    client, other = logged_in(member), logged_in(a_member())
    topic = a_topic(by=member)
    post = a_post(topic)
    tell(kind="reply", to=[member.pk], target=("topic", topic.pk), source=("post", post.pk), by=post.author_id)
    assert (bell(client), bell(other)) == (1, 0)
    client.post("/notifications/read/")
    assert bell(client) == 0
