"""What a member's page tells of them: latest topics, posts and reviews, and what they are thanked for."""

import pytest
from django.core.cache import cache

from community.members import ignoring
from community.members.models import Activity
from tests.factories.boards import a_board, a_post, a_private_board, a_topic
from tests.factories.members import a_member, logged_in
from tests.factories.reactions import a_reaction
from tests.factories.reviews import a_review

pytestmark = pytest.mark.django_db


def page_of(member, reader=None) -> str:
    return logged_in(reader).get(member.get_absolute_url()).content.decode()


def busy(member, times: int = 1) -> None:
    """A topic, an answer with thanks, and a review, each so many times."""
    board = a_board()
    for _nth in range(times):
        post = a_post(a_topic(board=board), by=member, body="Soak it overnight.")
        a_reaction(post=post, kind="thanks")
        a_topic(board=board, by=member, title="Bread without an oven")
        a_review(by=member, body="It holds the *heat*.")
        Activity.objects.filter(member=member).delete()  # a day's allowance would not reach for twenty


def test_a_member_who_told_nothing_is_known_by_what_they_wrote() -> None:
    member = a_member()
    busy(member)
    page = page_of(member)
    for words in ("Bread without an oven", "Soak it overnight.", "It holds the heat.", 'id="member-thanks"'):
        assert words in page


def test_a_member_who_wrote_nothing_has_no_empty_parts() -> None:
    assert "member-part" not in page_of(a_member())


def test_what_the_reader_may_not_read_is_not_on_the_page() -> None:
    member = a_member()
    board = a_private_board(member)
    topic = a_topic(board=board, by=member, title="Between ourselves")
    a_post(topic, by=member, body="Nobody else reads this.")
    page = page_of(member, a_member())
    assert "Between ourselves" not in page
    assert "Nobody else reads this." not in page
    assert "Between ourselves" in page_of(member, member)


def test_thanks_for_a_post_that_the_reader_may_not_read_are_not_counted() -> None:
    member, friend = a_member(), a_member()
    post = a_post(a_topic(board=a_private_board(member, friend), by=member), by=member)
    a_reaction(post=post, by=friend, kind="thanks")
    assert "member-thanks" not in page_of(member, a_member())
    assert "member-thanks" in page_of(member, friend)


def test_a_like_is_no_thanks() -> None:
    member = a_member()
    a_reaction(post=a_post(by=member), kind="like")
    assert "member-thanks" not in page_of(member)


def test_nothing_is_shown_of_whom_the_reader_ignores() -> None:
    member, reader = a_member(), a_member()
    busy(member)
    ignoring.ignore(by=reader, member=member)
    assert "member-part" not in page_of(member, reader)


def test_the_page_asks_the_same_number_of_queries_for_one_and_for_twenty(django_assert_max_num_queries) -> None:
    member, client, numbers = a_member(), logged_in(a_member()), []
    for times in (1, 19):
        busy(member, times)
        client.get(member.get_absolute_url())
        cache.clear()
        with django_assert_max_num_queries(20) as asked:
            client.get(member.get_absolute_url())
        numbers.append(len(asked))
    assert numbers[0] == numbers[1]
