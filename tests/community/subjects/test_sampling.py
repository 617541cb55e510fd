"""A sample of a subject: some of its text, a picture, a sound; seen and heard by whoever may see the subject."""

import pytest
from django.core.files.base import ContentFile

from community.foundation import clock
from community.subjects.errors import NotYourSubject, UnknownPicture, UnknownSound
from community.subjects.merging import merge_subjects
from community.subjects.models import Subject
from community.subjects.sampling import play_sound, show_picture
from community.uploads.removing import remove_upload
from tests.factories.members import a_member, an_operator, logged_in, with_token
from tests.factories.subjects import a_category, a_subject
from tests.factories.uploads import a_file, a_sound, a_wav, an_upload

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def test_a_subject_is_entered_with_text_picture_and_sound() -> None:
    maker = a_member()
    sent = {
        "name": "Song of the well",
        "kind": "work",
        "category": a_category().pk,
        "summary": "",
        "sample_text": "Draw water,\n<b>draw</b> slowly",
        "picture": ContentFile(a_file().read(), name="well.jpg"),
        "sample_sound": ContentFile(a_wav(), name="well.wav"),
    }
    assert logged_in(maker).post("/subjects/new/", sent).status_code == 302
    subject = Subject.objects.get()
    assert (subject.picture.media_type, subject.sample_sound.media_type) == ("image/webp", "audio/wav")
    guest = logged_in(None)
    page = guest.get(subject.get_absolute_url()).content.decode()
    assert "Draw water,\n&lt;b&gt;draw&lt;/b&gt; slowly" in page
    assert f'<audio controls preload="none" src="{subject.sample_sound.get_absolute_url()}"' in page
    assert guest.get(subject.sample_sound.get_absolute_url()).status_code == 200


def test_a_sound_that_is_none_enters_nothing() -> None:
    sent = {"name": "Song", "kind": "work", "category": a_category().pk}
    reply = logged_in(a_member()).post("/subjects/new/", {**sent, "sample_sound": ContentFile(b"noise", name="a.mp3")})
    assert reply.status_code == 200
    assert not Subject.objects.exists()


def test_who_may_not_see_the_subject_does_not_hear_it() -> None:
    maker = a_member()
    subject, sound = a_subject(creator=maker), a_sound(owner=maker)
    play_sound(by=maker, subject=subject, upload_id=sound.pk)
    assert logged_in(a_member()).get(sound.get_absolute_url()).status_code == 200
    Subject.objects.update(hidden_at=clock.now())
    assert logged_in(a_member()).get(sound.get_absolute_url()).status_code == 404
    assert logged_in(None).get(sound.get_absolute_url()).status_code == 404


def test_only_ones_own_sound_on_a_subject_of_ones_own() -> None:
    maker, other = a_member(), a_member()
    subject = a_subject(creator=maker)
    with pytest.raises(UnknownSound):
        play_sound(by=maker, subject=subject, upload_id=a_sound(owner=other).pk)
    with pytest.raises(NotYourSubject):
        play_sound(by=other, subject=subject, upload_id=a_sound(owner=other).pk)
    with pytest.raises(UnknownSound):
        play_sound(by=maker, subject=subject, upload_id=an_upload(owner=maker).pk)
    with pytest.raises(UnknownPicture):
        show_picture(by=maker, subject=subject, upload_id=a_sound(owner=maker).pk)
    subject.refresh_from_db()
    assert (subject.picture, subject.sample_sound) == (None, None)


def test_over_rest_a_sample_is_added_and_taken_away(client) -> None:
    maker = a_member()
    subject, sound = a_subject(creator=maker), a_sound(owner=maker)
    address, token = f"/api/v1/subjects/{subject.slug}/", with_token(maker)

    def change(body: dict[str, object], headers: dict[str, str] = token):
        return client.patch(address, body, content_type="application/json", headers=headers)

    told = change({"sample_text": "Draw water", "sample_sound": str(sound.pk)}).json()
    assert (told["sample_text"], told["sample_sound"]) == ("Draw water", sound.get_absolute_url())
    assert change({"sample_sound": None}).json()["sample_sound"] is None
    assert change({"sample_text": "x" * 2001}).json()["errors"][0]["code"] == "max_length"
    assert change({"sample_text": "Mine"}, with_token(a_member())).status_code == 403
    subject.refresh_from_db()
    assert subject.sample_text == "Draw water"


def test_in_the_browser_the_sound_is_taken_away() -> None:
    maker = a_member()
    subject = a_subject(creator=maker)
    play_sound(by=maker, subject=subject, upload_id=a_sound(owner=maker).pk)
    sent = {"name": subject.name, "kind": subject.kind, "category": subject.category_id, "no_sound": "on"}
    assert logged_in(maker).post(f"/subjects/{subject.slug}/edit/", sent).status_code == 302
    subject.refresh_from_db()
    assert subject.sample_sound is None


def test_a_sound_that_its_owner_deletes_is_gone_from_the_subject() -> None:
    maker = a_member()
    subject, sound = a_subject(creator=maker), a_sound(owner=maker)
    play_sound(by=maker, subject=subject, upload_id=sound.pk)
    remove_upload(by=maker, upload_id=sound.pk)
    subject.refresh_from_db()
    assert subject.sample_sound is None
    assert "<audio" not in logged_in(None).get(subject.get_absolute_url()).content.decode()


def test_samples_follow_where_the_subject_that_stays_has_none() -> None:
    maker = a_member()
    lost = a_subject(creator=maker, sample_text="Draw water")
    kept = a_subject(sample_text="Pour slowly")
    sound, picture = a_sound(owner=maker), an_upload(owner=maker)
    play_sound(by=maker, subject=lost, upload_id=sound.pk)
    show_picture(by=maker, subject=lost, upload_id=picture.pk)
    winner = merge_subjects(by=an_operator(), loser=lost, winner=kept)
    assert (winner.sample_sound, winner.picture, winner.sample_text) == (sound, picture, "Pour slowly")
    assert logged_in(None).get(sound.get_absolute_url()).status_code == 200
