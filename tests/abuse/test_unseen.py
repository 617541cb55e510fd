"""Names and titles of which nothing is seen, and those that grow when they are kept (abuse case 21)."""

from typing import Any

import pytest

from community.members.models import Member, PersonalToken
from community.polls.errors import WrongPoll
from community.polls.opening import drafted
from community.scorecards.models import RankedList, ScoreCard
from community.subjects.models import Subject
from tests.abuse.kit import API, rest, told
from tests.factories.members import a_member, a_team, logged_in
from tests.factories.scorecards import a_ranked_list
from tests.factories.subjects import a_category, a_subject

pytestmark = pytest.mark.django_db
UNSEEN = ["\u3164", "\u115f\u1160", "\ufe0f", "\u2800", "\U000e0041\U000e007f", "\u200d \u034f"]
# Three characters each once they are in NFC, as everything is kept: what a form counted may not fit its column.
GROWING = "\ufb2c"


def ask(member: Member, method: str, path: str, **body: Any) -> Any:
    return getattr(rest(member), method)(f"{API}{path}", body)


@pytest.mark.parametrize("words", UNSEEN)
def test_21_nothing_is_called_by_what_nobody_sees(words: str) -> None:
    member, subject, category = a_member("mina"), a_subject(), a_category("tea")
    made = a_ranked_list(subject, by=member)
    entered = {"kind": "product", "category": category.slug}
    refused = [
        ask(member, "post", "/subjects/", name=words, **entered),
        ask(member, "post", "/score-cards/", title=words, subjects=[subject.slug]),
        ask(member, "post", "/lists/", title=words, subjects=[subject.slug]),
        ask(member, "patch", f"/lists/{made.slug}/", title=words),
        ask(member, "patch", "/members/me/", display_name=words),
    ]
    assert [told(reply).status for reply in refused] == [400] * 5
    assert {told(reply).code for reply in refused} == {"blank"}
    assert ask(member, "post", "/tokens/", name=words, scopes=["read"]).status_code == 400
    made.refresh_from_db()
    member.refresh_from_db()
    assert (made.title.startswith("List "), member.display_name) == (True, "")
    rows = (Subject, ScoreCard, RankedList, PersonalToken)
    assert [model.objects.count() for model in rows] == [1, 0, 1, 0]


@pytest.mark.parametrize("words", UNSEEN)
def test_21_a_poll_has_no_answer_that_nobody_sees_nor_two_that_look_the_same(words: str) -> None:
    with pytest.raises(WrongPoll):
        drafted({"options": ["Tea", words]})
    with pytest.raises(WrongPoll):
        drafted({"options": ["Tea", "Te\u200ba"]})
    draft = drafted({"question": "Which\u202e?", "options": ["Tea", "Coffee\u202e", words]})
    assert draft is not None
    assert (draft.question, draft.options) == ("Which?", ("Tea", "Coffee"))


@pytest.mark.parametrize("words", UNSEEN)
def test_21_a_team_keeps_a_name_that_is_seen(words: str) -> None:
    member = a_member()
    team = a_team(member, slug="dure", name="Dure")
    answered = logged_in(member).post("/teams/dure/edit/", {"name": words, "about": ""})
    team.refresh_from_db()
    assert (answered.status_code, team.name) == (200, "Dure")


def test_21_what_is_kept_turns_no_text_round_by_whichever_door_it_came() -> None:
    member = a_member()
    reply = ask(
        member,
        "post",
        "/subjects/",
        name="Ga\u202emma\u200b",
        kind="product",
        category=a_category("tea").slug,
        summary="\u202eabc",
        sample_text="\u2067x",
    )
    subject = Subject.objects.get(slug=reply.json()["slug"])
    assert (subject.name, subject.summary, subject.sample_text) == ("Gamma", "abc", "x")
    ask(member, "patch", "/members/me/", bio="so\u202ecalled")
    member.refresh_from_db()
    assert member.bio == "socalled"


@pytest.mark.parametrize(
    ("method", "path", "field", "most"),
    [
        ("post", "/subjects/", "name", 200),
        ("post", "/subjects/", "summary", 500),
        ("post", "/score-cards/", "title", 120),
        ("post", "/lists/", "title", 120),
        ("post", "/lists/", "introduction", 500),
        ("patch", "/members/me/", "display_name", 50),
        ("patch", "/members/me/", "bio", 500),
    ],
)
def test_21_words_that_grow_when_they_are_kept_are_counted_as_they_are_kept(method, path, field, most) -> None:
    subject = a_subject()
    whole = {
        "/subjects/": {"name": "Tea", "kind": "product", "category": a_category("tea").slug},
        "/score-cards/": {"title": "Best", "subjects": [subject.slug]},
        "/lists/": {"title": "Best", "subjects": [subject.slug]},
        "/members/me/": {},
    }[path]
    reply = ask(a_member(), method, path, **{**whole, field: GROWING * (most // 2)})
    assert (reply.status_code, reply.json()["errors"][0]["code"]) == (400, "max_length")
    assert reply.json()["errors"][0]["attr"] == field


def test_21_a_sign_that_is_a_phrase_makes_no_name_and_no_error() -> None:
    reply = ask(a_member("mina"), "patch", "/members/me/", username="\ufdfa" * 30)
    assert told(reply).code == "username_characters"
