"""A picture is seen by whoever may see a text that uses it; only its owner's texts open it."""

import datetime as dt
import uuid

import pytest
from django.db import IntegrityError, transaction

from community.foundation import clock, markdown
from community.members.models import Member
from community.uploads.binding import bind
from community.uploads.models import Binding, Upload
from community.uploads.removing import remove_all_of, remove_unbound
from tests.factories.members import a_member
from tests.factories.uploads import an_upload

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def test_naming_the_picture_of_another_member_opens_nothing():
    thief, private = a_member(), an_upload()
    assert bind(by=thief, ids=[private.pk], target=thief) == 0
    assert not Upload.objects.visible_to(thief).exists()


def test_it_is_seen_through_any_of_its_texts():
    owner = a_member()
    closed = a_member(profile_open=False)
    upload = an_upload(owner=owner)
    reader = a_member()
    Member.objects.filter(pk=closed.pk).update(leaving_at=clock.now())
    bind(by=owner, ids=[upload.pk], target=closed)
    assert not Upload.objects.visible_to(reader).exists()
    bind(by=owner, ids=[upload.pk], target=owner)
    assert list(Upload.objects.visible_to(reader)) == [upload]


def test_binding_twice_is_binding_once():
    owner = a_member()
    upload = an_upload(owner=owner)
    assert [bind(by=owner, ids=[upload.pk], target=owner) for _time in range(2)] == [1, 0]
    assert Binding.objects.count() == 1
    with pytest.raises(IntegrityError, match="uploads_bound_once"), transaction.atomic():
        Binding.objects.create(upload=upload, kind="member", target_id=owner.pk)


def test_a_bound_picture_is_not_cleaned_up():
    owner = a_member()
    upload = an_upload(owner=owner)
    bind(by=owner, ids=[upload.pk], target=owner)
    with clock.shifted(dt.timedelta(days=9)):
        assert remove_unbound() == 0


def test_the_pictures_of_a_member_who_leaves_go_with_them():
    owner = a_member()
    upload = an_upload(owner=owner)
    bind(by=owner, ids=[upload.pk], target=owner)
    other = an_upload()
    assert remove_all_of(member_id=owner.pk) == 1
    assert list(Upload.objects.all()) == [other]


def test_an_empty_picture_cannot_be_a_row():
    upload = an_upload()
    with pytest.raises(IntegrityError, match="uploads_upload_not_empty"), transaction.atomic():
        Upload.objects.filter(pk=upload.pk).update(width=0)


def test_a_text_shows_the_picture_at_reading_width():
    owner = a_member()
    upload = an_upload(owner=owner, size=(2000, 1000))
    rendered = markdown.render(f"![A lamp](upload:{upload.pk}) ![Gone](upload:{uuid.uuid4()})")
    assert (
        f'<img src="/uploads/{upload.pk}/1280/" alt="A lamp" width="1280" height="640" loading="lazy">' in rendered.html
    )
    assert "<em>Gone</em>" in rendered.html
