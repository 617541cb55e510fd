"""Pictures in the browser: who is served what, and how a member keeps their own in order."""

import pytest
from django.urls import reverse

from community.uploads.binding import bind
from community.uploads.models import Binding, Upload
from tests.factories.members import a_member, an_operator, logged_in
from tests.factories.uploads import a_file, an_upload

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def test_only_its_owner_and_operators_see_a_picture_that_no_text_uses():
    owner = a_member()
    upload = an_upload(owner=owner)
    address = upload.get_absolute_url()
    seen = {
        "owner": logged_in(owner).get(address).status_code,
        "member": logged_in(a_member()).get(address).status_code,
        "guest": logged_in(None).get(address).status_code,
        "operator": logged_in(an_operator()).get(address).status_code,
    }
    assert seen == {"owner": 200, "member": 404, "guest": 404, "operator": 200}


def test_whoever_sees_the_text_sees_the_picture_until_the_text_is_hidden():
    owner = a_member()
    upload = an_upload(owner=owner)
    bind(by=owner, ids=[upload.pk], target=owner)
    guest = logged_in(None)
    first = guest.get(upload.get_absolute_url())
    assert first.status_code == 200
    assert b"".join(first.streaming_content)[:4] == b"RIFF"
    owner.profile_open = False
    owner.save()
    again = guest.get(upload.get_absolute_url(), headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 404
    assert logged_in(a_member()).get(upload.get_absolute_url()).status_code == 200


def test_a_browser_that_has_the_picture_is_told_so_after_the_check():
    owner = a_member()
    upload = an_upload(owner=owner)
    client = logged_in(owner)
    tag = client.get(upload.get_absolute_url())["ETag"]
    assert client.get(upload.get_absolute_url(), headers={"If-None-Match": tag}).status_code == 304


def test_it_is_served_as_a_picture_and_as_nothing_else():
    owner = a_member()
    upload = an_upload(owner=owner)
    answer = logged_in(owner).get(upload.get_absolute_url())
    headers = {
        name: answer[name]
        for name in (
            "Content-Type",
            "X-Content-Type-Options",
            "Content-Disposition",
            "Cache-Control",
            "Content-Security-Policy",
        )
    }
    assert headers == {
        "Content-Type": "image/webp",
        "X-Content-Type-Options": "nosniff",
        "Content-Disposition": 'inline; filename="picture.webp"',
        "Cache-Control": "private, no-cache",
        "Content-Security-Policy": "default-src 'none'; sandbox",
    }


def test_a_proxy_may_carry_the_file(settings):
    settings.ACCEL_PREFIX = "/internal/"
    owner = a_member()
    upload = an_upload(owner=owner)
    answer = logged_in(owner).get(upload.get_absolute_url())
    assert answer["X-Accel-Redirect"] == f"/internal/{upload.folder}/picture.webp"
    assert answer.content == b""
    assert "X-Accel-Redirect" not in logged_in(a_member()).get(upload.get_absolute_url()).headers


def test_the_folder_of_media_is_no_address(client):
    upload = an_upload()
    assert client.get(f"/media/{upload.path()}").status_code == 404


def test_thumbnails_have_the_known_widths_alone(relay):
    owner = a_member()
    upload = an_upload(owner=owner)
    client = logged_in(owner)
    assert client.get(upload.thumbnail_url(320)).status_code == 200
    relay()
    small = b"".join(client.get(upload.thumbnail_url(320)).streaming_content)
    whole = b"".join(client.get(upload.get_absolute_url()).streaming_content)
    assert len(small) < len(whole)
    assert client.get(f"/uploads/{upload.pk}/123/").status_code == 404


def test_a_file_that_the_storage_lost_is_not_there(tmp_path):
    owner = a_member()
    upload = an_upload(owner=owner)
    (tmp_path / upload.path()).unlink()
    assert logged_in(owner).get(upload.get_absolute_url()).status_code == 404


def test_a_picture_is_sent_by_a_plain_form():
    owner = a_member()
    file = a_file()
    file.name = "desk.jpg"
    answer = logged_in(owner).post(reverse("community_uploads:mine"), {"file": file, "alt": "My desk"}, follow=True)
    upload = Upload.objects.get(owner=owner)
    assert answer.status_code == 200
    assert f"![My desk]({upload.get_absolute_url()})" in answer.content.decode()


def test_a_refused_picture_is_explained_beside_the_field():
    file = a_file(format="BMP")
    file.name = "desk.bmp"
    answer = logged_in(a_member()).post(
        reverse("community_uploads:mine"), {"file": file}, headers={"Accept-Language": "en"}
    )
    assert answer.status_code == 200
    assert "This is not a picture that can be used." in answer.content.decode()
    assert Upload.objects.count() == 0


def test_a_guest_is_asked_to_log_in():
    answer = logged_in(None).get(reverse("community_uploads:mine"))
    assert answer.status_code == 302


def test_the_list_holds_own_pictures_alone():
    other = an_upload()
    page = logged_in(a_member()).get(reverse("community_uploads:mine"))
    assert str(other.pk) not in page.content.decode()


def test_a_description_is_changed_by_the_owner_alone():
    owner = a_member()
    upload = an_upload(owner=owner)
    address = reverse("community_uploads:describe", args=[upload.pk])
    assert logged_in(a_member()).post(address, {"alt": "Mine now"}).status_code == 404
    assert logged_in(owner).post(address, {"alt": " A  lamp "}).status_code == 302
    upload.refresh_from_db()
    assert upload.alt == "A lamp"


def test_deleting_asks_first_and_is_for_the_owner():
    owner = a_member()
    upload = an_upload(owner=owner)
    bind(by=owner, ids=[upload.pk], target=owner)
    address = reverse("community_uploads:remove", args=[upload.pk])
    assert logged_in(a_member()).get(address).status_code == 404
    assert logged_in(a_member()).post(address).status_code == 403
    assert logged_in(owner).get(address).status_code == 200
    assert Upload.objects.count() == 1
    assert logged_in(owner).post(address).status_code == 302
    assert (Upload.objects.count(), Binding.objects.count()) == (0, 0)


@pytest.mark.parametrize("rows", [1, 20])
def test_the_list_takes_the_same_number_of_queries(rows, django_assert_num_queries, django_assert_max_num_queries):
    owner = an_operator()
    for _number in range(rows):
        an_upload(owner=owner, size=(40, 30))
    client = logged_in(owner)
    client.get(reverse("community_uploads:mine"))
    with django_assert_max_num_queries(12) as counted:
        client.get(reverse("community_uploads:mine"))
    counts.add(len(counted))
    assert len(counts) == 1


counts: set[int] = set()
