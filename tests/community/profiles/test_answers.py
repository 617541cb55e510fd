"""Voluntary fields: each serves a feature, is asked for gradually, and is seen by whom the member chose."""

import datetime as dt

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction

from community.foundation import clock
from community.members.account_forms import SignUpForm
from community.profiles import answering, asking, fields, reading
from community.profiles.errors import UnknownField, WrongValue
from community.profiles.models import Answer
from tests.factories.members import a_member, logged_in

PROMISED = {
    "birth_date", "gender", "region", "household", "occupation", "income_band", "interests", "internet_experience",
    "sizes", "important_dates",
}  # fmt: skip


def test_the_promised_fields_are_there():
    assert set(fields.BY_NAME) == PROMISED


@pytest.mark.parametrize("field", fields.FIELDS, ids=lambda field: field.name)
def test_a_field_has_a_purpose_and_a_feature_that_reads_it(field):
    assert str(field.purpose).strip()
    assert fields.readers(field.name) or field.to_come, "no feature reads it: do not ask for it"


def test_nothing_voluntary_is_asked_at_sign_up():
    assert not set(SignUpForm.base_fields) & PROMISED


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "given", "kept"),
    [
        ("birth_date", "1990-02-28", "1990-02-28"),
        ("region", "jeju", "jeju"),
        ("interests", ["books", "food", "books"], ["food", "books"]),
        ("occupation", "  baker  of bread ", "baker of bread"),
        ("sizes", {"shoes": "260", "top": ""}, {"shoes": "260"}),
        (
            "important_dates",
            [{"day": "12-24", "name": "Eve"}, {"day": "02-29", "name": "Leap"}],
            [{"day": "02-29", "name": "Leap"}, {"day": "12-24", "name": "Eve"}],
        ),
    ],
)
def test_an_answer_is_kept_in_one_form(name, given, kept):
    assert answering.answer(by=a_member(), field=name, value=given).value == kept


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("birth_date", "2990-01-01"), ("birth_date", "1890-01-01"), ("birth_date", "yesterday"), ("birth_date", 7),
        ("region", "atlantis"), ("region", ["jeju"]), ("region", {}), ("interests", []), ("interests", ["x"]),
        ("interests", "books"), ("occupation", ""), ("occupation", "x" * 61), ("occupation", "a\u202eb"),
        ("sizes", {"hat": "58"}), ("sizes", {}), ("sizes", "L"), ("important_dates", [{"day": "02-30", "name": "x"}]),
        ("important_dates", [{"day": "01-01", "name": "x"}] * 11), ("important_dates", [{}]), ("gender", None),
    ],
)  # fmt: skip
def test_what_is_no_answer_is_refused_and_leaves_no_row(name, value):
    with pytest.raises(WrongValue):
        answering.answer(by=a_member(), field=name, value=value)
    assert not Answer.objects.exists()


@pytest.mark.django_db
def test_an_unknown_field_is_refused():
    with pytest.raises(UnknownField):
        answering.answer(by=a_member(), field="shoe_colour", value="red")


@pytest.mark.django_db
@pytest.mark.parametrize(("visibility", "seen"), [("me", (0, 0, 1)), ("members", (0, 1, 1)), ("everyone", (1, 1, 1))])
def test_an_answer_is_seen_by_whom_the_member_chose(visibility, seen):
    member = a_member("mina")
    answering.answer(by=member, field="occupation", value="baker", visibility=visibility)
    viewers = (AnonymousUser(), a_member(), member)
    assert tuple(len(reading.shown_to(viewer, member)) for viewer in viewers) == seen
    clients = (logged_in(None), logged_in(a_member()), logged_in(member))
    assert tuple("baker" in client.get("/members/mina/").content.decode() for client in clients) == tuple(
        map(bool, seen)
    )


@pytest.mark.django_db
def test_others_see_a_birthday_without_the_year():
    member = a_member()
    answering.answer(by=member, field="birth_date", value="1990-02-28", visibility="everyone")
    assert [words for _field, words in reading.shown_to(AnonymousUser(), member)] == ["02-28"]
    assert [words for _field, words in reading.shown_to(member, member)] == ["1990-02-28"]


@pytest.mark.django_db
def test_what_is_taken_back_is_gone_and_hidden_again():
    member = a_member()
    answering.answer(by=member, field="occupation", value="baker", visibility="everyone")
    answering.take_back(by=member, field="occupation")
    row = Answer.objects.get()
    assert (row.value, row.visibility, row.answered_at) == (None, "me", None)
    assert reading.value_of(member, "occupation") is None


@pytest.mark.django_db
def test_questions_come_one_at_a_time_and_never_in_the_first_days():
    member = a_member()
    assert asking.next_question(member) is None
    with clock.shifted(dt.timedelta(days=4)):
        first = asking.next_question(member)
        assert first is fields.FIELDS[0]
        asking.note_asked(member=member, field=first)
        assert asking.next_question(member) is first
        answering.answer(by=member, field=first.name, value=["books"])
        assert asking.next_question(member) is None
    with clock.shifted(dt.timedelta(days=12)):
        assert asking.next_question(member) is fields.FIELDS[1]
        answering.decline(by=member, field=fields.FIELDS[1].name)
        assert asking.next_question(member) is None
    with clock.shifted(dt.timedelta(days=400)):
        assert asking.next_question(member) is fields.FIELDS[2]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("row", "constraint"),
    [
        ({"field": "region", "value": "jeju", "declined": True, "answered_at": dt.datetime(2026, 1, 1, tzinfo=dt.UTC)}, "answer_given_or_declined"),
        ({"field": "region", "value": "jeju"}, "answer_has_its_time"),
        ({"field": "region", "visibility": "friends"}, "answer_visibility_known"),
    ],
)  # fmt: skip
def test_the_database_states_the_rules_of_answers(row, constraint):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Answer.objects.create(member=a_member(), **row)


@pytest.mark.django_db
@pytest.mark.parametrize("name", sorted(PROMISED))
def test_every_field_can_be_answered_on_its_page(name):
    posts = {
        "birth_date": {"birth_date": "1990-02-28"}, "gender": {"gender": "woman"}, "region": {"region": "jeju"},
        "household": {"household": "alone"}, "occupation": {"occupation": "baker"}, "income_band": {"income_band": "2_4"},
        "interests": {"interests": ["books"]}, "internet_experience": {"internet_experience": "some"},
        "sizes": {"shoes": "260"}, "important_dates": {"day_0": "2000-12-24", "name_0": "Eve"},
    }  # fmt: skip
    member = a_member()
    client = logged_in(member)
    assert client.get("/settings/about/").status_code == 200
    assert client.post(f"/settings/about/{name}/", {**posts[name], "visibility": "members"}).status_code == 302
    row = Answer.objects.get(member=member)
    assert (row.field, row.visibility) == (name, "members")
    assert row.value is not None
    client.post(f"/settings/about/{name}/", {"take_back": "1"})
    assert Answer.objects.get(member=member).value is None


@pytest.mark.django_db
def test_a_wrong_answer_is_told_in_its_own_form():
    page = logged_in(a_member()).post("/settings/about/region/", {"region": "atlantis", "visibility": "me"})
    assert page.status_code == 200
    assert "has-errors" in page.content.decode()
    assert not Answer.objects.exists()


@pytest.mark.django_db
def test_a_way_back_that_leads_elsewhere_is_not_taken():
    reply = logged_in(a_member()).post("/settings/about/region/decline/", {"next": "https://evil.example/"})
    assert reply["Location"] == "/settings/about/"
