"""A draft survives two tabs: the later one is told, and nothing is lost."""

import threading

import pytest
from django.db import connection

from community.boards.editing import edit_post
from community.drafts.errors import TooManyDrafts, WrittenElsewhere
from community.drafts.keeping import MOST, drop_draft, keep_draft
from community.drafts.models import Draft
from community.foundation.problems import Invalid, Problem
from tests.factories.boards import a_post, a_private_board, a_topic
from tests.factories.members import a_member, logged_in, with_token


@pytest.mark.django_db
def test_the_tab_that_does_not_know_the_latest_is_told() -> None:
    member = a_member()
    keep_draft(by=member, key="topic:kitchen", sequence=1, body="One")
    keep_draft(by=member, key="topic:kitchen", sequence=2, body="From the first tab")
    with pytest.raises(WrittenElsewhere):
        keep_draft(by=member, key="topic:kitchen", sequence=2, body="From the second tab")
    kept = Draft.objects.get()
    assert (kept.sequence, kept.body) == (2, "From the first tab")
    assert keep_draft(by=member, key="topic:kitchen", sequence=3, body="Both").body == "Both"


@pytest.mark.django_db
def test_the_same_save_again_succeeds() -> None:
    member = a_member()
    first = keep_draft(by=member, key="topic:kitchen", sequence=4, title="T", body="B")
    assert keep_draft(by=member, key="topic:kitchen", sequence=4, title="T", body="B") == first


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("key", "sequence", "body", "field"),
    [("elsewhere", 1, "x", "key"), ("topic:" + "x" * 61, 1, "x", "key"), ("topic:a", 0, "x", "sequence"), ("topic:a", 1, "x" * 20_001, "body")],
)  # fmt: skip
def test_what_cannot_be_a_draft_is_refused(key: str, sequence: int, body: str, field: str) -> None:
    with pytest.raises(Invalid) as refused:
        keep_draft(by=a_member(), key=key, sequence=sequence, body=body)
    assert refused.value.field == field
    assert Draft.objects.count() == 0


@pytest.mark.django_db
def test_there_is_an_end_to_drafts() -> None:
    member = a_member()
    Draft.objects.bulk_create([Draft(member=member, key=f"topic:{n}", sequence=1) for n in range(MOST)])
    with pytest.raises(TooManyDrafts):
        keep_draft(by=member, key="topic:one-more", sequence=1, body="x")
    assert keep_draft(by=member, key="topic:0", sequence=2, body="x").body == "x"


@pytest.mark.django_db
def test_publishing_drops_the_draft_of_its_place_alone() -> None:
    member, topic = a_member(), a_topic()
    for key in (f"post:{topic.pk}", f"topic:{topic.board.slug}"):
        keep_draft(by=member, key=key, sequence=1, body="x")
    a_post(topic, by=member)
    assert [draft.key for draft in Draft.objects.all()] == [f"topic:{topic.board.slug}"]
    a_topic(board=topic.board, by=member)
    assert Draft.objects.count() == 0


@pytest.mark.django_db
def test_a_finished_edit_is_no_draft(relay) -> None:
    member = a_member()
    post = a_post(by=member)
    keep_draft(by=member, key=f"edit:{post.pk}", sequence=1, body="x")
    edit_post(by=member, post=post, body="Done")
    relay()
    assert Draft.objects.count() == 0


@pytest.mark.django_db
def test_the_page_shows_ones_own_with_the_way_back() -> None:
    member, topic = a_member(), a_topic(title="Sourdough")
    keep_draft(by=member, key=f"post:{topic.pk}", sequence=1, body="I would say")
    keep_draft(by=member, key=f"topic:{a_private_board().slug}", sequence=1, body="Shut out")
    page = logged_in(member).get("/drafts/").content.decode()
    assert f'href="{topic.get_absolute_url()}#reply"' in page
    assert "Sourdough" in page
    assert "is not open to you any more" in page or "더는" in page
    assert "I would say" not in logged_in(a_member()).get("/drafts/").content.decode()


@pytest.mark.django_db
def test_nobody_drops_the_draft_of_another() -> None:
    draft = keep_draft(by=a_member(), key="topic:a", sequence=1, body="x")
    logged_in(a_member()).post(f"/drafts/{draft.pk}/delete/")
    assert Draft.objects.count() == 1
    logged_in(draft.member).post(f"/drafts/{draft.pk}/delete/")
    assert Draft.objects.count() == 0
    assert drop_draft(by=draft.member, key="topic:a") is False


@pytest.mark.django_db
def test_an_older_sequence_is_409_over_rest(client) -> None:
    headers = with_token(a_member())
    sent = {"key": "topic:a", "sequence": 5, "body": "x"}
    assert client.put("/api/v1/drafts/", sent, content_type="application/json", headers=headers).status_code == 200
    again = client.put("/api/v1/drafts/", sent | {"body": "y"}, content_type="application/json", headers=headers)
    assert (again.status_code, again.json()["errors"][0]["code"]) == (409, "draft_conflict")


@pytest.mark.django_db(transaction=True)
def test_two_tabs_at_once_leave_one_text_and_one_who_is_told() -> None:
    member = a_member()
    outcomes: list[str] = []
    start = threading.Barrier(2)

    def tab(text: str) -> None:
        start.wait()
        try:
            outcomes.append(keep_draft(by=member, key="topic:a", sequence=1, body=text).body)
        except Problem as problem:
            outcomes.append(problem.code)
        finally:
            connection.close()

    tabs = [threading.Thread(target=tab, args=(text,)) for text in ("one", "two")]
    for thread in tabs:
        thread.start()
    for thread in tabs:
        thread.join()
    assert sorted(outcomes) in (["draft_conflict", "one"], ["draft_conflict", "two"])
    assert Draft.objects.get().body in outcomes
