"""The pages of members, by their own eyes and by others'."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from community.members import following, ignoring, naming
from community.members.models import Member, PersonalToken
from tests.factories.members import PASSWORD, a_member, a_team, an_operator, logged_in

pytestmark = pytest.mark.django_db


def a_picture() -> SimpleUploadedFile:
    out = io.BytesIO()
    exif = Image.Exif()
    exif[0x010E] = "taken at home"
    Image.new("RGB", (600, 400), "#1f6b57").save(out, "JPEG", exif=exif)
    return SimpleUploadedFile("me.jpg", out.getvalue(), "image/jpeg")


def test_a_guest_reads_a_profile_and_finds_no_way_to_act():
    a_member("mina", display_name="Mina Kim", bio="Bread and books.")
    page = logged_in(None).get("/members/mina/").content.decode()
    assert "Mina Kim" in page
    assert "Bread and books." in page
    assert "/members/mina/follow/" not in page


@pytest.mark.parametrize("address", ["/members/MINA/", "/members/old-mina/", "/members/Old-Mina/"])
def test_another_case_and_a_former_name_lead_to_the_member(address):
    member = a_member("old-mina")
    naming.rename(by=member, member=member, username="mina")
    reply = logged_in(None).get(address)
    assert (reply.status_code, reply["Location"]) == (301, "/members/mina/")


@pytest.mark.parametrize(
    "state",
    [{"joined_at": None}, {"is_active": False}, {"profile_open": False}],
    ids=["unverified", "inactive", "closed"],
)
def test_a_profile_that_is_not_open_reads_like_none(state):
    a_member("mina", **state)
    hidden, absent = (logged_in(None).get(f"/members/{name}/") for name in ("mina", "nobody-there"))
    assert (hidden.status_code, absent.status_code) == (404, 404)
    assert hidden.content.decode().replace("mina", "") == absent.content.decode().replace("nobody-there", "")


def test_members_may_open_a_profile_that_is_closed_to_guests():
    a_member("mina", profile_open=False)
    assert logged_in(a_member()).get("/members/mina/").status_code == 200


def test_follow_and_ignore_by_the_buttons_of_the_page():
    reader, author = a_member(), a_member("mina")
    client = logged_in(reader)
    client.post("/members/mina/follow/")
    author.refresh_from_db()
    assert author.follower_count == 1
    client.post("/members/mina/ignore/")
    author.refresh_from_db()
    assert author.follower_count == 0
    assert ignoring.ignored_ids(Member.objects.get(pk=reader.pk)) == {author.pk}
    assert "/members/mina/" in client.get("/members/mine/ignored/").content.decode()
    client.post("/members/mina/ignore/", {"end": "1"})
    assert ignoring.ignored_ids(Member.objects.get(pk=reader.pk)) == frozenset()


@pytest.mark.parametrize(
    "address", ["/members/mina/follow/", "/members/mina/ignore/", "/settings/name/", "/settings/tokens/"]
)
def test_a_guest_who_would_act_is_sent_to_log_in(address):
    a_member("mina")
    reply = logged_in(None).post(address)
    assert reply.status_code == 302
    assert reply["Location"].startswith("/accounts/login/")


def test_one_sees_only_ones_own_lists_of_people():
    reader, author = a_member(), a_member("mina")
    following.follow(by=reader, member=author)
    assert "/members/mina/" in logged_in(reader).get("/members/mine/following/").content.decode()
    assert "/members/mina/" not in logged_in(a_member()).get("/members/mine/following/").content.decode()
    assert logged_in(reader).get("/members/mine/secrets/").status_code == 404


def test_the_settings_change_the_profile():
    member = a_member("mina")
    client = logged_in(member)
    fields = {
        "display_name": "Mina  Kim",
        "bio": "Hi",
        "language": "en",
        "time_zone": "Europe/Paris",
        "profile_open": "on",
    }
    assert client.post("/settings/", fields).status_code == 302
    member.refresh_from_db()
    assert (member.display_name, member.bio, member.language, member.time_zone) == (
        "Mina Kim",
        "Hi",
        "en",
        "Europe/Paris",
    )
    page = client.get("/settings/").content.decode()
    assert '<html lang="en">' in page
    assert "Your profile is saved." in page


def test_a_name_that_turns_text_round_is_refused():
    member = a_member()
    page = logged_in(member).post("/settings/", {"display_name": "nimda\u202e"}).content.decode()
    assert "has-errors" in page
    member.refresh_from_db()
    assert member.display_name == ""


def test_a_taken_name_is_told_beside_the_field():
    a_member("paul")
    member = a_member("mina")
    page = logged_in(member).post("/settings/name/", {"username": "pauI"}).content.decode()
    assert "has-errors" in page
    member.refresh_from_db()
    assert member.username == "mina"


def test_a_picture_is_cut_square_and_says_nothing_of_its_making(settings, tmp_path):
    member = a_member()
    client = logged_in(member)
    assert client.post("/settings/picture/", {"picture": a_picture()}).status_code == 302
    member.refresh_from_db()
    for size, side in (("small", 96), ("large", 384)):
        reply = client.get(f"/members/pictures/{member.picture}/{size}/")
        image = Image.open(io.BytesIO(b"".join(reply.streaming_content)))
        assert (image.format, image.size, dict(image.getexif())) == ("WEBP", (side, side), {})
    address = f"/members/pictures/{member.picture}/small/"
    client.post("/settings/picture/", {"remove": "1"})
    assert client.get(address).status_code == 404


def test_a_file_that_is_no_picture_is_refused_beside_the_field():
    member = a_member()
    page = logged_in(member).post("/settings/picture/", {"picture": SimpleUploadedFile("a.png", b"<svg/>")})
    assert page.status_code == 200
    member.refresh_from_db()
    assert member.picture == ""


def test_a_token_is_shown_once():
    member = a_member()
    client = logged_in(member)
    page = client.post("/settings/tokens/", {"name": "till", "scopes": ["read"]}).content.decode()
    row = PersonalToken.objects.get(member=member)
    assert "madang_" in page
    again = client.get("/settings/tokens/").content.decode()
    assert "madang_" not in again
    assert f"…{row.ending}" in again
    assert row.access_token.token == ""
    client.post(f"/settings/tokens/{row.pk}/delete/")
    assert not PersonalToken.objects.exists()


def test_only_operators_are_offered_the_scope_operate():
    assert 'value="operate"' not in logged_in(a_member()).get("/settings/tokens/").content.decode()
    assert 'value="operate"' in logged_in(an_operator()).get("/settings/tokens/").content.decode()


def test_another_members_token_cannot_be_deleted():
    owner, other = a_member(), a_member()
    logged_in(owner).post("/settings/tokens/", {"name": "till", "scopes": ["read"]})
    row = PersonalToken.objects.get()
    assert logged_in(other).post(f"/settings/tokens/{row.pk}/delete/").status_code == 404
    assert PersonalToken.objects.filter(pk=row.pk).exists()


@pytest.mark.parametrize(
    "address",
    [
        "/settings/",
        "/settings/security/",
        "/settings/tokens/",
        "/settings/data/",
        "/settings/documents/",
        "/members/trust/",
    ],
)
@pytest.mark.parametrize("language", ["ko", "en"])
def test_every_settings_page_opens(address, language):
    assert logged_in(a_member(language=language)).get(address).status_code == 200


def test_leaving_asks_for_name_and_password():
    member = a_member("mina", password=PASSWORD)
    client = logged_in(member)
    assert client.post("/settings/data/leave/", {"username": "mina", "password": "wrong"}).status_code == 200
    assert client.post("/settings/data/leave/", {"username": "nima", "password": PASSWORD}).status_code == 200
    member.refresh_from_db()
    assert member.leaving_at is None
    assert client.post("/settings/data/leave/", {"username": "mina", "password": PASSWORD}).status_code == 302
    member.refresh_from_db()
    assert member.leaving_at is not None
    assert logged_in(None).get("/members/mina/").status_code == 404


def test_a_team_and_who_speaks_for_it():
    owner, clerk = a_member("mina"), a_member("noel")
    team = a_team(owner, slug="bakers", name="The bakers")
    client = logged_in(owner)
    client.post("/teams/bakers/members/", {"username": "noel", "role": "clerk"})
    assert team.memberships.get(member=clerk).role == "clerk"
    assert "The bakers" in logged_in(None).get("/teams/").content.decode()
    assert logged_in(clerk).post("/teams/bakers/members/", {"username": "mina", "role": "clerk"}).status_code == 403
    assert team.memberships.get(member=owner).role == "owner"
    assert logged_in(clerk).get("/teams/bakers/edit/").status_code == 404
    client.post("/teams/bakers/edit/", {"name": "Bakers", "about": "Bread."})
    team.refresh_from_db()
    assert (team.name, team.about) == ("Bakers", "Bread.")
    assert client.post("/teams/bakers/members/mina/remove/").status_code == 409
    logged_in(clerk).post("/teams/bakers/members/noel/remove/")
    assert list(team.memberships.values_list("member__username", flat=True)) == ["mina"]
