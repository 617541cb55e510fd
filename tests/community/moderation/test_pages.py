"""Flag, queue, case, decision and log over HTTP and REST."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from community.moderation.deciding import decide
from community.moderation.models import Case, Flag, Sanction
from tests.factories.boards import a_board, a_post, a_private_board, a_topic, let_moderate
from tests.factories.members import a_member, an_operator, logged_in, with_token
from tests.factories.moderation import a_case

pytestmark = pytest.mark.django_db


def test_a_member_flags_by_the_page() -> None:
    post, member = a_post(), a_member(language="en")
    client = logged_in(member)
    assert "What is wrong?" in client.get(f"/moderation/flags/post/{post.pk}/").content.decode()
    answer = client.post(f"/moderation/flags/post/{post.pk}/", {"reason": "spam", "note": "Look."})

    assert (answer.status_code, answer["Location"]) == (302, post.get_absolute_url())
    assert [(row.member, row.reason, row.note) for row in Flag.objects.all()] == [(member, "spam", "Look.")]
    again = client.post(f"/moderation/flags/post/{post.pk}/", {"reason": "spam"})
    assert "You have flagged this already." in again.content.decode()


def test_what_may_not_be_seen_cannot_be_flagged_and_guests_log_in() -> None:
    author = a_member()
    hidden = a_post(a_topic(board=a_private_board(author), by=author), by=author)

    assert logged_in(a_member()).get(f"/moderation/flags/post/{hidden.pk}/").status_code == 404
    assert Client().get(f"/moderation/flags/post/{hidden.pk}/").status_code == 302


def test_the_queue_is_closed_to_members_and_shows_moderators_their_cases() -> None:
    board, moderator = a_board(), a_member(language="en")
    let_moderate(moderator, board)
    case = a_case(a_post(a_topic(board=board, title="Gold"), body="Buy now"), reason="spam")
    other = a_case(a_post(a_topic(title="Silver")))

    assert logged_in(a_member()).get("/moderation/").status_code == 404
    client = logged_in(moderator)
    page = client.get("/moderation/").content.decode()
    assert "Gold" in page
    assert "Buy now" in page
    assert "Silver" not in page
    assert client.get(f"/moderation/cases/{case.pk}/").status_code == 200
    assert client.get(f"/moderation/cases/{other.pk}/").status_code == 404


def test_a_case_is_taken_and_decided_by_the_page() -> None:
    operator, case = an_operator(language="en"), a_case()
    client = logged_in(operator)
    client.post(f"/moderation/cases/{case.pk}/claim/")
    case.refresh_from_db()
    assert case.claimed_by == operator
    refused = client.post(f"/moderation/cases/{case.pk}/", {"outcome": "hidden", "reason": ""})
    assert refused.status_code == 200
    assert Case.objects.get().state == "open"
    assert client.post(f"/moderation/cases/{case.pk}/", {"outcome": "hidden", "reason": "Spam."}).status_code == 302
    assert Case.objects.get().state == "decided"


def test_an_operator_sanctions_the_author_from_the_case() -> None:
    author = a_member()
    case = a_case(a_post(by=author))
    form = {"sanction-kind": "silence", "sanction-days": "3", "sanction-reason": "Spam."}
    logged_in(an_operator()).post(f"/moderation/cases/{case.pk}/sanction/", form)

    made = Sanction.objects.get()
    assert (made.member, made.kind, made.case) == (author, "silence", case)
    assert logged_in(author).get(f"/moderation/sanctions/{made.pk}/").status_code == 200
    assert logged_in(a_member()).get(f"/moderation/sanctions/{made.pk}/").status_code == 404


def test_the_author_reads_the_reason_and_answers() -> None:
    author = a_member(language="en")
    case = a_case(a_post(by=author, body="My words"))
    decision = decide(by=an_operator(), case_id=case.pk, outcome="hidden", reason="Not here, please.")
    client = logged_in(author)

    page = client.get(decision.get_absolute_url()).content.decode()
    assert "Not here, please." in page
    assert "My words" in page
    client.post(decision.get_absolute_url(), {"text": "Why?"})
    decision.refresh_from_db()
    assert decision.appeal.text == "Why?"
    assert logged_in(a_member()).get(decision.get_absolute_url()).status_code == 404


def test_the_log_is_public_but_silent_on_private_boards_and_on_words_and_names() -> None:
    author, operator = a_member(display_name="Dami"), an_operator(display_name="Okja")
    private = a_private_board(author, name="Secret garden")
    topic = a_topic(title="Gold")
    secret = a_case(a_post(a_topic(board=private, by=author), by=author), by=operator)
    public = a_case(a_post(topic, by=author, body="Buy now"))
    decide(by=operator, case_id=secret.pk, outcome="hidden", reason="Quiet reason.")
    decide(by=operator, case_id=public.pk, outcome="hidden", reason="Loud reason.")

    page = Client().get("/moderation/log/").content.decode()
    assert "Loud reason." in page
    for hidden in ("Quiet reason.", "Secret garden", "Gold", "Buy now", "Dami"):
        assert hidden not in page
    assert "Quiet reason." in logged_in(author).get("/moderation/log/").content.decode()
    reasons = [row["reason"] for row in Client().get("/api/v1/moderation/log/").json()["results"]]
    assert reasons == ["Loud reason."]


@pytest.mark.parametrize(
    "path", ["/moderation/", "/moderation/log/", "/moderation/flags/", "/api/v1/moderation/queue/"]
)
def test_lists_ask_as_many_questions_for_twenty_rows_as_for_one(path: str) -> None:
    operator, topic = an_operator(), a_topic()
    client, asked = logged_in(operator), []

    def more() -> None:
        case = a_case(a_post(topic), by=operator)
        decided = a_case(a_post(topic), by=operator)
        decide(by=operator, case_id=decided.pk, outcome="kept", reason="Fine.")
        assert case.state == "open"

    more()
    client.get(path)
    for rows in (0, 10):
        for _ in range(rows):
            more()
        with CaptureQueriesContext(connection) as queries:
            client.get(path)
        asked.append([query["sql"][:120] for query in queries])
    assert len(asked[0]) == len(asked[1]), asked


def test_rest_refuses_what_the_act_refuses() -> None:
    post, member = a_post(), a_member()
    client = Client(headers=with_token(member))
    path = f"/api/v1/posts/{post.pk}/flags/"

    assert client.post(path, {"reason": "spam"}, content_type="application/json").status_code == 201
    again = client.post(path, {"reason": "spam"}, content_type="application/json")
    assert (again.status_code, again.json()["errors"][0]["code"]) == (409, "already_done")
    assert client.post(path, {"reason": "boredom"}, content_type="application/json").status_code == 400
    case = Case.objects.get()
    decision = {"outcome": "hidden", "reason": "Mine."}
    answer = client.post(f"/api/v1/moderation/queue/{case.pk}/decision/", decision, content_type="application/json")
    assert answer.status_code == 403
    assert client.get("/api/v1/moderation/queue/").status_code == 403
