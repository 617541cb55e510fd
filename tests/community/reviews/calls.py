"""How the operations on reviews are called."""

from community.reviews.editing import edit_review
from community.reviews.publishing import rate
from tests.factories.members import a_member, a_team
from tests.factories.reviews import a_review
from tests.factories.subjects import a_category, a_steward, a_subject
from tests.rest.calls import Call, call


@call("reviews_list")
def _() -> Call:
    review = a_review(a_subject(category=a_category(aspects=("sound",))), aspects={"sound": 4})
    return Call(kwargs={"subject_slug": review.subject.slug}, query={"order": "helpful", "rating": "4"})


@call("reviews_create")
def _() -> Call:
    body = {"rating": 5, "body": "Warm and **quiet**."}
    return Call(by=a_member(), kwargs={"subject_slug": a_subject().slug}, body=body)


@call("ratings_set")
def _() -> Call:
    return Call(by=a_member(), kwargs={"subject_slug": a_subject().slug}, body={"score": 3})


@call("ratings_remove")
def _() -> Call:
    member, subject = a_member(), a_subject()
    rate(by=member, subject=subject, score=2)
    return Call(by=member, kwargs={"subject_slug": subject.slug})


@call("subjects_related")
def _() -> Call:
    subject = a_subject()
    a_subject(category=subject.category)
    return Call(kwargs={"subject_slug": subject.slug})


@call("reviews_read")
def _() -> Call:
    return Call(kwargs={"review_id": a_review().pk})


@call("reviews_change")
def _() -> Call:
    author = a_member()
    return Call(by=author, kwargs={"review_id": a_review(by=author).pk}, body={"rating": 2, "body": "It broke."})


@call("reviews_remove")
def _() -> Call:
    author = a_member()
    return Call(by=author, kwargs={"review_id": a_review(by=author).pk})


@call("reviews_revisions")
def _() -> Call:
    author = a_member()
    review = a_review(by=author)
    edit_review(by=author, review=review, source="Second thoughts.")
    return Call(kwargs={"review_id": review.pk})


@call("reviews_vote")
def _() -> Call:
    return Call(by=a_member(), kwargs={"review_id": a_review().pk}, body={"helpful": True})


@call("reviews_unvote")
def _() -> Call:
    return Call(by=a_member(), kwargs={"review_id": a_review().pk})


@call("reviews_reply")
def _() -> Call:
    maker, subject = a_member(), a_subject()
    team = a_team(maker)
    a_steward(subject, team)
    body = {"body": "Thank you; the lid was changed since.", "team": team.slug}
    return Call(by=maker, kwargs={"review_id": a_review(subject).pk}, body=body)
