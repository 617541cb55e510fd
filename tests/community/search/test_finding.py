"""One box finds everything that holds the words and that the searcher may see, once each, at a bounded cost."""

import re
import unicodedata
from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser

from community.boards.removing import hide, remove_post
from community.foundation import clock
from community.foundation.problems import Invalid
from community.members.ignoring import ignore
from community.search import finding
from community.search.asking import NoSuchKind, NotADate, question
from community.search.finding import find
from tests.factories.boards import a_board, a_post, a_private_board, a_topic
from tests.factories.members import a_member, an_operator

pytestmark = pytest.mark.django_db
GUEST = AnonymousUser()
TEXTS = [
    "어제 마당에서 이웃들과 국수를 삶아 먹었어요. 비빔국수가 참 맛있더라고요!",
    "iPhone15를 샀는데 배터리가 오래가네요 ㅋㅋㅋ 강력히 추천합니다",
    "The neighbours' garden is lovely; nobody told me about the naïve café.",
    "뷁쉙이라는 낱말은 어디에도 없지만 그래도 찾아져야 합니다.",
    "책을 읽다가 숲길을 걸었다. 꽃 한 송이와 물 두 컵, C++ 책 세 권.",
]


def found(typed, by=GUEST, *kinds):
    return {(result.kind, result.id) for result in find(by=by, question=question(typed, kinds), size=100)}


def test_every_word_of_every_text_finds_it_particle_attached_or_not():
    posts = [a_topic(body=text).posts.get() for text in TEXTS]
    for post in posts:
        for word in re.findall(r"[\w+']+", post.text):
            for spelling in (word, unicodedata.normalize("NFD", word), word.upper()):
                assert ("post", post.pk) in found(spelling), spelling
    for word, at in [
        ("국수를", 0),
        ("마당은", 0),
        ("국수까지", 0),
        ("배터리는", 1),
        ("뷁쉙은", 3),
        ("숲길에서", 4),
        ("책이", 4),
        ("꽃을", 4),
    ]:
        assert ("post", posts[at].pk) in found(word), word


def test_a_title_finds_the_topic_and_not_its_opening_post_too():
    topic = a_topic(title="마당 청소하는 날", body="빗자루를 가져오세요")
    reply = a_post(topic=topic, body="마당 청소 갈게요")
    assert found("마당 청소") == {("topic", topic.pk), ("post", reply.pk)}
    assert found("마당 청소", GUEST, "post") == {("post", topic.posts.get(number=1).pk), ("post", reply.pk)}
    assert found("빗자루") == {("post", topic.posts.get(number=1).pk)}


def test_members_are_found_by_either_name_unless_closed_or_ignored():
    member, reader = a_member("dalbit", display_name="달빛 산책"), a_member()
    assert found("달빛", reader) == found("dalbit", reader) == {("member", member.pk)}
    member.profile_open = False
    member.save()
    assert found("달빛") == set()
    assert found("달빛", reader) == {("member", member.pk)}
    ignore(by=reader, member=member)
    assert found("달빛", reader) == set()


def test_only_what_the_searcher_may_see_is_found():
    author, stranger = a_member(), a_member()
    topic = a_topic(board=a_private_board(author), by=author, title="비밀스러운 우물", body="카나리아")
    assert found("우물 비밀", author) == {("topic", topic.pk)}
    for other in (GUEST, stranger):
        assert found("우물", other) == found("카나리아", other) == set()


def test_what_was_removed_hidden_or_written_by_an_ignored_member_is_not_found():
    topic, reader = a_topic(), a_member()
    gone, hidden, unheard = (a_post(topic=topic, body="카나리아 노래") for _nth in range(3))
    assert len(found("카나리아", reader)) == 3
    remove_post(by=gone.author, post=gone)
    hide(target=hidden, by=an_operator(), reason="x")
    assert found("카나리아", reader) == {("post", unheard.pk)}
    ignore(by=reader, member=unheard.author)
    assert found("카나리아", reader) == set()


def test_filters_narrow_by_board_author_tag_and_date():
    board, author = a_board(slug="talk"), a_member("namu")
    with clock.shifted(timedelta(days=-10)):
        old = a_topic(title="오래된 우물", board=board)
    new = a_topic(title="새로운 우물", by=author, tags=["봄"])
    today = clock.now().date()
    assert found("우물 in:talk") == {("topic", old.pk)}
    assert found("우물 by:@NAMU") == {("topic", new.pk)}
    assert found("우물 tag:봄") == {("topic", new.pk)}
    assert found(f"우물 before:{today - timedelta(days=5)}") == {("topic", old.pk)}
    assert found(f"우물 after:{today - timedelta(days=5)}") == {("topic", new.pk)}
    assert found("우물 in:nowhere") == set()
    assert {kind for kind, _pk in found("by:namu")} == {"topic", "post"}
    with pytest.raises(NotADate):
        question("우물 after:yesterday")
    with pytest.raises(NoSuchKind):
        question("우물", ("letter",))


def test_the_best_stands_first():
    once = a_topic(body="우물 이야기와 다른 많은 이야기").posts.get()
    often = a_topic(body="우물, 우물, 또 우물").posts.get()
    titled = a_topic(title="우물")
    results = [result.id for result in find(by=GUEST, question=question("우물"))]
    assert results == [titled.pk, often.pk, once.pk]


@pytest.mark.parametrize("window", [1, 3, 200])
@pytest.mark.parametrize("walk", [2, 3000])
def test_paged_to_the_end_every_find_comes_once(window, walk, monkeypatch):
    monkeypatch.setattr(finding, "WINDOW", window)
    monkeypatch.setattr(finding, "WALK", walk)
    topic = a_topic(title="우물", body="우물")
    for number in range(7):
        a_post(topic=topic, body="우물" if number % 2 else "다른 말")
        a_topic(title=f"우물 {number}")
    seen, cursor = [], None
    for _page in range(30):
        page = find(by=GUEST, question=question("우물"), cursor=cursor, size=3)
        seen += [(result.kind, result.id) for result in page]
        cursor = page.next
        if cursor is None:
            break
    assert cursor is None
    assert len(seen) == len(set(seen)) == 8 + 3


def test_rows_that_arrive_between_pages_neither_move_nor_double_the_rest():
    for _nth in range(4):
        a_topic(title="우물")
    first = find(by=GUEST, question=question("우물", ("topic",)), size=2)
    a_topic(title="바다")
    second = find(by=GUEST, question=question("우물", ("topic",)), size=2, cursor=first.next)
    assert len({result.id for result in (*first, *second)}) == 4


@pytest.mark.parametrize("cursor", ["x", "e30x", "W10", "eyJwb3N0IjpbIngiLDBdfQ", "eyJwb3N0IjpbbnVsbCwtMV19"])
def test_a_strange_cursor_is_refused(cursor):
    with pytest.raises(Invalid) as refused:
        find(by=GUEST, question=question("우물"), cursor=cursor)
    assert refused.value.code == "invalid_cursor"


def test_one_result_costs_as_many_queries_as_twenty(django_assert_max_num_queries):
    topic = a_topic(title="우물")
    a_post(topic=topic, body="우물")
    with django_assert_max_num_queries(9) as one:
        find(by=GUEST, question=question("우물"))
    for _nth in range(18):
        a_post(topic=topic, body="우물")
    with django_assert_max_num_queries(len(one.captured_queries)):
        assert len(find(by=GUEST, question=question("우물"))) == 20
