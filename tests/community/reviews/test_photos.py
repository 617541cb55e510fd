"""Photos of reviews: chosen in the form, kept when the form comes back, shown small, in a strip and large."""

import re

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile

from community.members import ignoring
from community.reviews.editing import edit_review
from community.reviews.models import Review
from community.reviews.removing import remove_review
from community.uploads.models import Upload
from tests.factories.members import a_member, logged_in
from tests.factories.reviews import a_review
from tests.factories.subjects import a_subject
from tests.factories.uploads import a_file, an_upload

pytestmark = pytest.mark.django_db


def a_photo(name: str = "one.jpg", **options) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, a_file(**options).read(), "image/jpeg")


def send(client, subject, **fields):
    return client.post(f"/subjects/{subject.slug}/reviews/new/", {"rating": "4", "body": "Good.", **fields})


def shown(review: Review) -> list:
    return list(review.photos.values_list("upload", flat=True))


def a_review_with_photo(subject, *, by=None, alt="") -> Review:
    by = by or a_member()
    return a_review(subject, by=by, photos=[an_upload(owner=by, alt=alt).pk])


def test_several_files_chosen_in_the_form_are_shown_in_their_order_with_their_description() -> None:
    member, subject = a_member(), a_subject()
    page = logged_in(member).get(f"/subjects/{subject.slug}/reviews/new/").content.decode()
    assert 'enctype="multipart/form-data"' in page
    assert re.search(r'<input[^>]*type="file"[^>]*multiple', page)
    files = [a_photo("one.jpg"), a_photo("two.jpg", colour="#aa3311")]
    assert send(logged_in(member), subject, new_photos=files, alt="The lid, open").status_code == 302
    review = Review.objects.get(author=member)
    stored = list(Upload.objects.filter(owner=member).order_by("id"))
    assert shown(review) == [upload.pk for upload in stored]
    assert [(upload.name, upload.alt) for upload in stored] == [
        ("one.jpg", "The lid, open"),
        ("two.jpg", "The lid, open"),
    ]
    assert logged_in(None).get(stored[0].get_absolute_url()).status_code == 200


def test_a_refused_file_is_named_beside_the_field_and_the_good_one_stays_ticked() -> None:
    member, subject = a_member(), a_subject()
    files = [a_photo("good.jpg"), SimpleUploadedFile("notes.jpg", b"no picture", "image/jpeg")]
    answer = send(logged_in(member), subject, new_photos=files)
    assert answer.status_code == 200
    form = answer.context["form"]
    assert list(form.errors) == ["new_photos"]
    assert form.errors["new_photos"][0].startswith("notes.jpg: ")
    upload = Upload.objects.get(owner=member)
    assert form.offered() == [(upload, True)]
    assert f'value="{upload.pk}" checked' in answer.content.decode()
    assert not Review.objects.filter(author=member).exists()
    assert send(logged_in(member), subject, photos=form.ticked()).status_code == 302
    assert shown(Review.objects.get(author=member)) == [upload.pk]


def test_photos_stay_when_something_else_is_missing() -> None:
    member, subject = a_member(), a_subject()
    answer = send(logged_in(member), subject, rating="", new_photos=[a_photo()])
    assert list(answer.context["form"].errors) == ["rating"]
    assert answer.context["form"].ticked() == [str(Upload.objects.get(owner=member).pk)]


def test_no_more_than_ten_are_stored_with_those_ticked() -> None:
    member, subject = a_member(), a_subject()
    ticked = [str(an_upload(owner=member).pk) for _nth in range(9)]
    answer = send(logged_in(member), subject, photos=ticked, new_photos=[a_photo("ten.jpg"), a_photo("eleven.jpg")])
    assert list(answer.context["form"].errors) == ["new_photos"]
    assert Upload.objects.filter(owner=member).count() == 10
    assert len(answer.context["form"].ticked()) == 10


@pytest.mark.parametrize("sent", ["other", "no-id"])
def test_a_picture_of_another_member_or_of_nobody_is_refused(sent: str) -> None:
    member, subject = a_member(), a_subject()
    photo = str(an_upload().pk) if sent == "other" else sent
    answer = send(logged_in(member), subject, photos=[photo])
    assert list(answer.context["form"].errors) == ["photos"]
    assert answer.context["form"].offered() == []
    assert not Review.objects.filter(author=member).exists()


def test_changing_a_review_keeps_its_photos_however_many_were_sent_since() -> None:
    member, subject = a_member(), a_subject()
    review = a_review_with_photo(subject, by=member)
    for _nth in range(13):
        an_upload(owner=member)
    page = logged_in(member).get(f"/subjects/{subject.slug}/reviews/new/")
    offered = page.context["form"].offered()
    assert [upload.pk for upload, ticked in offered if ticked] == shown(review)
    assert len(offered) == 13


def test_the_strip_and_the_page_of_all_photos_show_what_the_reader_may_see() -> None:
    subject, reader = a_subject(), a_member()
    seen = a_review_with_photo(subject, alt="A blue lid")
    gone, ignored = a_review_with_photo(subject), a_review_with_photo(subject)
    remove_review(target=gone, by=gone.author)
    ignoring.ignore(by=reader, member=ignored.author)
    for path in ("", "reviews/", "photos/"):
        page = logged_in(reader).get(f"/subjects/{subject.slug}/{path}").content.decode()
        assert seen.photos.get().get_absolute_url() in page
        assert 'alt="A blue lid"' in page
        for hidden in (gone, ignored):
            assert hidden.photos.get().get_absolute_url() not in page


def test_a_photo_is_shown_large_with_the_ways_to_its_neighbours() -> None:
    subject = a_subject()
    first, second, third = (a_review_with_photo(subject).photos.get() for _nth in range(3))
    page = logged_in(None).get(second.get_absolute_url()).content.decode()
    assert f'src="{second.upload.get_absolute_url()}"' in page
    assert re.search(
        rf'href="{third.get_absolute_url()}"[^>]*rel="prev"|rel="prev"[^>]*href="{third.get_absolute_url()}"', page
    )
    assert re.search(
        rf'href="{first.get_absolute_url()}"[^>]*rel="next"|rel="next"[^>]*href="{first.get_absolute_url()}"', page
    )


def test_the_photo_of_a_removed_review_is_for_its_author_alone() -> None:
    review = a_review_with_photo(a_subject())
    address = review.photos.get().get_absolute_url()
    remove_review(target=review, by=review.author)
    codes = [logged_in(who).get(address).status_code for who in (None, a_member(), review.author)]
    assert codes == [404, 404, 200]
    assert logged_in(None).get(f"/reviews/{review.pk}/photos/9/").status_code == 404


def test_the_page_of_all_photos_asks_the_same_number_of_queries_for_one_and_for_twenty(
    django_assert_max_num_queries,
) -> None:
    subject, client, numbers = a_subject(), logged_in(a_member()), []
    for rows in (1, 19):
        for _nth in range(rows):
            a_review_with_photo(subject)
        client.get(f"/subjects/{subject.slug}/photos/")
        cache.clear()
        with django_assert_max_num_queries(12) as asked:
            page = client.get(f"/subjects/{subject.slug}/photos/")
        numbers.append(len(asked))
    assert len(page.context["page"].items) == 20
    assert numbers[0] == numbers[1]


def test_photos_alone_may_change() -> None:
    member = a_member()
    review = a_review_with_photo(a_subject(), by=member)
    edit_review(by=member, review=review, photos=[])
    assert shown(review) == []
