"""What can go wrong with reviews."""

from django.utils.translation import gettext_lazy as _

from community.foundation.problems import Conflict, Invalid, Refused


class AlreadyReviewed(Conflict):
    code = "already_reviewed"
    detail = _("You have reviewed this already. Open your review to change it.")


class UnknownAspect(Invalid):
    code = "unknown_aspect"
    detail = _("That aspect is not rated here. Choose from those on the form.")


class OutOfScale(Invalid):
    code = "out_of_scale"
    detail = _("Ratings go from 1 to 5. Choose one of them.")


class TooLong(Invalid):
    code = "too_long"
    detail = _("That is too long. Shorten it to 20,000 characters.")


class TooManyPhotos(Invalid):
    code = "too_many_photos"
    detail = _("A review shows ten pictures at most. Leave some out.")


class UnknownPhoto(Invalid):
    code = "unknown_photo"
    detail = _("One of these pictures is not there, or not yours. Upload it again.")


class WordsMissing(Invalid):
    code = "words_missing"
    detail = _("Say something in a sentence or two, then send it.")


class TakenDown(Conflict):
    code = "removed"
    detail = _("A moderator removed this review. You can answer that decision, but not publish it anew.")


class HasWords(Conflict):
    code = "has_words"
    detail = _("Your rating stands in a review. Take the review down instead.")


class NotYourReview(Refused):
    detail = _("Only the author may change a review.")


class OwnReview(Refused):
    code = "own_review"
    detail = _("You cannot vote on your own review.")


class NotSteward(Refused):
    code = "not_a_steward"
    detail = _("Only a team that answers for this subject may reply here.")


class OwnSubject(Refused):
    code = "own_subject"
    detail = _("You answer for this subject, so your rating of it would not be fair. Reply to reviews instead.")
