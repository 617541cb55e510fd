"""Pictures over REST."""

import pytest
from django.test import Client

from community.uploads import bounds
from community.uploads.models import Upload
from tests.factories.members import a_member, with_token
from tests.factories.uploads import a_file, an_upload

pytestmark = pytest.mark.django_db
ADDRESS = "/api/v1/uploads/"


@pytest.fixture(autouse=True)
def _own_media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def a_client(member=None, scopes="read write") -> Client:
    return Client(headers=with_token(member or a_member(), scopes))


def test_a_picture_is_sent_and_its_addresses_come_back():
    member = a_member()
    answer = a_client(member).post(ADDRESS, {"file": a_file(size=(900, 600)), "alt": "A lamp"})
    upload = Upload.objects.get(owner=member)
    assert answer.status_code == 201
    body = answer.json()
    del body["created_at"]
    assert body == {
        "id": str(upload.pk),
        "url": f"/uploads/{upload.pk}/",
        "alt": "A lamp",
        "media_type": "image/webp",
        "width": 900,
        "height": 600,
        "bytes": upload.bytes,
        "thumbnails": [
            {"width": 320, "url": f"/uploads/{upload.pk}/320/"},
            {"width": 640, "url": f"/uploads/{upload.pk}/640/"},
        ],
    }


@pytest.mark.parametrize(
    ("sent", "status", "code"),
    [
        ({}, 400, "required"),
        ({"file": "text"}, 400, "invalid"),
        ({"alt": "x" * 301}, 400, "max_length"),
        ({"owner": "someone"}, 400, "unknown_field"),
    ],
)
def test_a_malformed_request_is_told_by_field(sent, status, code):
    answer = a_client().post(ADDRESS, sent)
    assert answer.status_code == status
    assert code in {error["code"] for error in answer.json()["errors"]}
    assert Upload.objects.count() == 0


def test_what_is_no_picture_is_400_and_too_much_is_413():
    client = a_client()
    assert client.post(ADDRESS, {"file": a_file(format="TIFF")}).json()["errors"][0]["code"] == "not_a_picture"
    answer = client.post(ADDRESS, {"file": a_file(size=(16_000, 2_600), format="PNG")})
    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (413, "picture_too_large")
    assert Upload.objects.count() == 0


def test_a_request_beyond_all_bounds_is_refused_before_it_is_read(monkeypatch):
    monkeypatch.setattr(bounds, "MOST_BYTES", 100)
    answer = a_client().post(ADDRESS, {"file": a_file()})
    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (413, "too_large")


def test_json_is_not_taken_for_a_picture():
    answer = a_client().post(ADDRESS, {"file": "x"}, content_type="application/json")
    assert answer.status_code == 415


def test_the_scope_is_needed_and_a_guest_is_unknown():
    assert Client().post(ADDRESS, {"file": a_file()}).status_code == 401
    answer = a_client(scopes="read").post(ADDRESS, {"file": a_file()})
    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (403, "insufficient_scope")


def test_one_s_own_are_listed_described_and_deleted():
    member = a_member()
    upload, foreign = an_upload(owner=member), an_upload()
    client = a_client(member)
    assert [row["id"] for row in client.get(ADDRESS).json()["results"]] == [str(upload.pk)]
    changed = client.patch(f"{ADDRESS}{upload.pk}/", {"alt": "A lamp"}, content_type="application/json")
    assert changed.json()["alt"] == "A lamp"
    assert client.get(f"{ADDRESS}{foreign.pk}/").status_code == 404
    assert client.patch(f"{ADDRESS}{foreign.pk}/", {"alt": "Mine"}, content_type="application/json").status_code == 404
    assert [client.delete(f"{ADDRESS}{row.pk}/").status_code for row in (upload, upload, foreign)] == [204, 204, 204]
    assert list(Upload.objects.all()) == [foreign]
