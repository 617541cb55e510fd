"""What of reviews not everyone may see."""

from community.reviews.models import Review, ReviewPhoto
from community.reviews.removing import remove_review
from community.uploads.binding import bind
from tests.factories.reviews import a_review
from tests.factories.uploads import an_upload
from tests.leak.world import World


def plant_public(world: World) -> None:
    world.public_review = a_review(world.public_subject, by=world.author, body="It boils.")


def plant(world: World) -> None:
    author = world.actors["new_member"]
    removed = a_review(
        world.public_subject, by=author, body=world.secret("words of a removed review", seen_by=("new_member",))
    )
    remove_review(target=removed, by=world.actors["operator"])
    beneath = Review.objects.create(
        subject=world.hidden_subject, author=world.author, rating=5, source="", author_name=""
    )
    Review.objects.filter(pk=beneath.pk).update(
        source=world.secret("words of a review of a hidden subject"), html="<p>hidden</p>"
    )
    Review.objects.filter(pk=beneath.pk).update(html=Review.objects.get(pk=beneath.pk).source)
    for review in (world.public_review, removed):
        owner = review.author
        upload = an_upload(
            owner=owner,
            alt=""
            if review is world.public_review
            else world.secret("photo of a removed review", seen_by=("new_member",)),
        )
        ReviewPhoto.objects.create(review=review, upload=upload, position=1)
        bind(by=owner, ids=[upload.pk], target=review)
    world.route(position=1)
    for review in (world.public_review, removed, beneath):
        world.route(review_id=review.pk)
