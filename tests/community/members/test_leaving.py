"""Take one's data along, and leave: proven by a planted word looked for in every table."""

import datetime as dt
import io
import json
import uuid
import zipfile

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from PIL import Image

from community.foundation import clock
from community.members import erasure, export, exporting, following, ignoring, leaving, naming, picturing, tokens
from community.members.errors import OperatorMayNotLeave
from community.members.models import DataExport, Following, Member
from community.profiles import answering, consenting
from tests.factories.members import PASSWORD, a_member, a_team, an_operator, logged_in, with_token

pytestmark = pytest.mark.django_db
CANARY = "canaryofmina"


def a_member_with_everything() -> Member:
    """A member with a word planted in everything that this app and its libraries keep about a person."""
    mina = a_member(
        f"old-{CANARY}", email=f"{CANARY}@example.org", display_name=CANARY, bio=f"I am {CANARY}", password=PASSWORD
    )
    mina = naming.rename(by=mina, member=mina, username=f"{CANARY}2")
    friend = a_member("friend")
    following.follow(by=mina, member=friend)
    following.follow(by=friend, member=mina)
    ignoring.ignore(by=a_member("someone"), member=mina)
    a_team(mina, slug="bakers")
    answering.answer(by=mina, field="occupation", value=CANARY, visibility="everyone")
    consenting.decide(by=mina, decisions={"profiling": True})
    tokens.create_token(by=mina, name=CANARY, scopes=["read"])
    out = io.BytesIO()
    Image.new("RGB", (40, 40)).save(out, "PNG")
    mina = picturing.set_picture(by=mina, file=SimpleUploadedFile("a.png", out.getvalue()))
    SocialAccount.objects.create(user=mina, provider="kakao", uid=CANARY, extra_data={"nickname": CANARY})
    Authenticator.objects.create(user=mina, type=Authenticator.Type.TOTP, data={"secret": CANARY})
    operator = an_operator("keeper")
    kind = ContentType.objects.get_for_model(Member)
    LogEntry.objects.create(
        user=operator,
        content_type=kind,
        object_id=str(mina.pk),
        object_repr=CANARY,
        action_flag=CHANGE,
        change_message=CANARY,
    )
    client = Client(headers={**with_token(mina, "write"), "Idempotency-Key": "k"})
    client.post("/api/v1/tokens/", {"name": CANARY, "scopes": ["write"]}, content_type="application/json")
    logged_in(mina).get("/settings/")
    return mina


def places_of(word: str) -> list[str]:
    """Every "table.column" that holds the word, over the whole database."""
    found = []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public' "
            "AND data_type IN ('text', 'character varying', 'character', 'jsonb', 'json', 'ARRAY', 'tsvector', 'bytea')"
        )
        for table, column in cursor.fetchall():
            cursor.execute(f'SELECT count(*) FROM "{table}" WHERE "{column}"::text ILIKE %s', [f"%{word}%"])
            if cursor.fetchone()[0]:
                found.append(f"{table}.{column}")
            cursor.execute(
                f'SELECT count(*) FROM "{table}" WHERE "{column}"::text ILIKE %s', [f"%{word.encode().hex()}%"]
            )
            if cursor.fetchone()[0]:
                found.append(f"{table}.{column} (bytes)")
    return sorted(found)


def test_no_table_holds_a_word_of_a_member_who_left(relay):
    mina = a_member_with_everything()
    assert len(places_of(CANARY)) >= 12
    leaving.ask_for_erasure(by=mina)
    while relay():
        pass
    assert places_of(CANARY) == []
    row = Member.objects.get(pk=mina.pk)
    assert (row.shown_name, row.email, row.is_active, row.picture) == ("탈퇴한 회원", None, False, "")
    assert row.erased_at is not None


def test_files_go_and_counts_stay_true(relay):
    mina = a_member_with_everything()
    names = [stored for _name, stored in export.files(mina)]
    exporting.make_archive(export_id=exporting.ask_for_export(by=mina).pk)
    names.append(DataExport.objects.get().file)
    assert all(default_storage.exists(name) for name in names)
    leaving.ask_for_erasure(by=mina)
    while relay():
        pass
    assert not any(default_storage.exists(name) for name in names)
    friend = Member.objects.get(username="friend")
    assert (friend.follower_count, friend.following_count) == (0, 0)
    assert not Following.objects.exists()


def test_the_door_closes_at_once():
    mina = a_member("mina", password=PASSWORD)
    browser, script = logged_in(mina), Client(headers=with_token(mina, "read write"))
    browser.get("/settings/")
    assert (
        script.post("/api/v1/members/me/erasure/", {"username": "mina"}, content_type="application/json").status_code
        == 202
    )
    assert browser.get("/settings/").status_code == 302
    assert script.get("/api/v1/members/me/").status_code == 401
    assert logged_in(None).get("/members/mina/").status_code == 404
    assert not EmailAddress.objects.filter(user=mina, verified=False).exists()


def test_a_slip_of_the_name_erases_nothing():
    mina = a_member("mina")
    script = Client(headers=with_token(mina, "write"))
    reply = script.post("/api/v1/members/me/erasure/", {"username": "nina"}, content_type="application/json")
    assert reply.status_code == 404
    assert Member.objects.get(pk=mina.pk).leaving_at is None


def test_erasing_twice_is_erasing_once(relay):
    mina = a_member("mina")
    leaving.ask_for_erasure(by=mina)
    assert leaving.erase(member_id=mina.pk) is True
    assert leaving.erase(member_id=mina.pk) is False
    assert leaving.erase(member_id=a_member().pk) is False


def test_an_operator_does_not_leave_by_mistake():
    operator = an_operator()
    with pytest.raises(OperatorMayNotLeave):
        leaving.ask_for_erasure(by=operator)
    assert Member.objects.get(pk=operator.pk).is_active


def test_what_stays_is_explained():
    assert erasure.unexplained() == [], "say why with members.erasure.keep(...) in the app's ready()"


def test_what_stays_says_why():
    assert all(str(why).strip() for why in erasure.kept().values())
    known = {export.name_of(field) for field in export.keys_to_member()}
    assert set(erasure.kept()) <= known, "no such key: the reason is about nothing"


def test_the_archive_holds_what_the_member_told_and_no_secret(relay):
    mina = a_member_with_everything()
    row = exporting.ask_for_export(by=mina)
    assert exporting.ask_for_export(by=mina).pk == row.pk
    relay()
    row.refresh_from_db()
    assert row.state == "ready"
    reply = logged_in(mina).get(f"/settings/data/export/{row.pk}/")
    assert reply["Content-Disposition"].startswith("attachment")
    archive = zipfile.ZipFile(io.BytesIO(b"".join(reply.streaming_content)))
    data = {name: json.loads(archive.read(name)) for name in archive.namelist() if name.endswith(".json")}
    me = data["data/community_members.Member.json"][0]
    assert (me["display_name"], me["email"]) == (CANARY, f"{CANARY}@example.org")
    assert data["data/community_profiles.Answer.member.json"][0]["value"] == CANARY
    assert [row["granted"] for row in data["data/community_profiles.Consent.member.json"]] == [True]
    assert data["data/community_members.PersonalToken.member.json"][0]["name"] == CANARY
    assert len(data["data/community_members.Following.follower.json"]) == 1
    assert "files/picture.webp" in archive.namelist()
    everything = "".join(map(json.dumps, data.values()))
    assert mina.password not in everything
    assert '"password"' not in everything
    assert "token_checksum" not in everything
    assert str(Member.objects.get(username="someone").pk) not in everything, "who ignores me is theirs to know"


def test_another_members_archive_is_not_there(relay):
    mina, other = a_member("mina"), a_member()
    row = exporting.ask_for_export(by=mina)
    relay()
    for address in (f"/settings/data/export/{row.pk}/", f"/settings/data/export/{uuid.uuid4()}/"):
        assert logged_in(other).get(address).status_code == 404
    headers = with_token(other, "read")
    assert Client(headers=headers).get(f"/api/v1/members/me/export/{row.pk}/file/").status_code == 404


def test_archives_go_after_a_week(relay):
    mina = a_member()
    row = exporting.ask_for_export(by=mina)
    relay()
    row.refresh_from_db()
    assert exporting.forget_old() == 0
    with clock.shifted(dt.timedelta(days=8)):
        assert exporting.forget_old() == 1
    assert not default_storage.exists(row.file)
    assert not DataExport.objects.exists()
