"""Pages about subjects: the same number of queries however many rows, safe markup, guests and members."""

import json
import re

import pytest
from django.core.cache import cache

from community.reviews import digest
from community.subjects.models import Subject
from tests.factories.members import a_member, logged_in
from tests.factories.reviews import a_review
from tests.factories.subjects import a_category, a_subject
from tests.factories.uploads import an_upload

pytestmark = pytest.mark.django_db


def queries_of(client, path: str, django_assert_max_num_queries) -> int:
    cache.clear()
    client.get(path)
    cache.clear()
    with django_assert_max_num_queries(40) as context:
        assert client.get(path).status_code == 200
    return len(context.captured_queries)


def test_the_list_asks_the_same_number_of_queries_for_one_and_for_twenty(django_assert_max_num_queries) -> None:
    category = a_category()
    a_review(a_subject(category=category))
    client = logged_in(None)
    one = queries_of(client, "/subjects/", django_assert_max_num_queries)
    for _nth in range(19):
        a_review(a_subject(category=category))
    assert queries_of(client, "/subjects/", django_assert_max_num_queries) == one


@pytest.mark.parametrize("member", [False, True])
def test_a_subject_asks_the_same_number_of_queries_for_one_and_for_twenty(
    django_assert_max_num_queries, member: bool
) -> None:
    subject = a_subject(category=a_category(aspects=("sound", "price")))
    client = logged_in(a_member() if member else None)
    words = "The lid closes tightly. The lid is blue."
    for _nth in range(6):
        a_review(subject, body=words, aspects={"sound": 4, "price": 2})
    digest.compute(subject.pk)
    paths = (f"/subjects/{subject.slug}/", f"/subjects/{subject.slug}/reviews/")
    few = [queries_of(client, path, django_assert_max_num_queries) for path in paths]
    for _nth in range(14):
        a_review(subject, body=words, aspects={"sound": 5, "price": 1})
    digest.compute(subject.pk)
    assert [queries_of(client, path, django_assert_max_num_queries) for path in paths] == few


def test_the_pages_of_subjects_ask_no_more_than_their_budget(django_assert_max_num_queries) -> None:
    """For a member, with caches cleared: photos, aspects, a digest and a review of one's own among what is shown."""
    member, subject = a_member(), a_subject(category=a_category(aspects=("sound", "price")))
    words = "The lid closes tightly. The lid is blue."
    for author in (member, *(a_member() for _nth in range(5))):
        photos = [an_upload(owner=author).pk]
        a_review(subject, by=author, body=words, aspects={"sound": 4, "price": 2}, photos=photos)
    digest.compute(subject.pk)
    client, address = logged_in(member), f"/subjects/{subject.slug}/"
    paths = ("/subjects/", f"{address}reviews/", address, f"{address}related/", f"{address}photos/")
    asked = {path: queries_of(client, path, django_assert_max_num_queries) for path in paths}
    budgets = dict(zip(paths, (12, 15, 21, 14, 12), strict=True))
    assert {path: number for path, number in asked.items() if number > budgets[path]} == {}


def test_what_nobody_reviewed_yet_asks_for_nothing_that_reviews_alone_have(django_assert_max_num_queries) -> None:
    """Most subjects are of this sort. A digest, aspects and ratings over time cost three queries where there are some."""
    client = logged_in(a_member())
    bare, talked = (a_subject(category=a_category(aspects=("sound",))) for _nth in range(2))
    for _nth in range(5):
        a_review(talked, body="The lid closes tightly.", aspects={"sound": 4})
    of_bare, of_talked = (
        queries_of(client, f"/subjects/{one.slug}/", django_assert_max_num_queries) for one in (bare, talked)
    )
    assert of_talked - of_bare == 3 + 3  # and what is shown of each review: aspects, photos, replies


def test_the_markup_for_machines_cannot_break_out_of_its_element() -> None:
    subject = a_subject('</script><script>alert("x")</script>', summary="A & B <b>")
    page = logged_in(None).get(f"/subjects/{subject.slug}/").content.decode()
    assert "<script>alert" not in page
    told = re.search(r'<script type="application/ld\+json">(.*?)</script>', page)[1]
    assert json.loads(told)["name"] == '</script><script>alert("x")</script>'


def test_a_guests_page_holds_no_token_and_no_form_to_rate() -> None:
    page = logged_in(None).get(f"/subjects/{a_review().subject.slug}/").content.decode()
    assert "csrfmiddlewaretoken" not in page
    assert 'name="score"' not in page


def test_a_member_enters_a_subject_and_is_shown_what_is_there_already() -> None:
    a_subject("Green thermos").refresh_from_db()
    member, category = a_member(), a_category()
    client = logged_in(member)
    said = {"name": "Blue kettle", "kind": "product", "category": category.pk, "summary": ""}
    reply = client.post("/subjects/new/", said)
    assert (reply.status_code, reply["Location"]) == (302, "/subjects/blue-kettle/")
    again = client.post("/subjects/new/", said)
    assert again.status_code == 200
    assert "anyway" in again.content.decode()
    assert Subject.objects.filter(name="Blue kettle").count() == 1
    assert client.post("/subjects/new/", {**said, "anyway": "1"}).status_code == 302
    assert Subject.objects.filter(name="Blue kettle").count() == 2


def test_korean_names_are_found_with_and_without_particles() -> None:
    client = logged_in(a_member())
    client.post(
        "/subjects/new/", {"name": "골목식당의 칼국수", "kind": "place", "category": a_category().pk, "summary": ""}
    )
    page = client.get("/subjects/", {"q": "칼국수를"}).content.decode()
    assert "골목식당의 칼국수" in page
    assert "골목식당의 칼국수" not in client.get("/subjects/", {"q": "만둣국"}).content.decode()


@pytest.mark.parametrize("query", ["order=no", "category=no", "cursor=no", "q=" + "가" * 300])
def test_a_query_that_makes_no_sense_is_told_so(query: str) -> None:
    assert logged_in(None).get(f"/subjects/?{query}").status_code in {400, 413}
