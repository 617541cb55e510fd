"""Forms about reviews."""

import uuid
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from community.reviews.models import LONGEST, MOST_PHOTOS, RATINGS, Review
from community.reviews.receiving import TOO_MANY, Received
from community.reviews.replying import LONGEST_REPLY
from community.subjects.categories import aspects_of
from community.subjects.models import Subject
from community.uploads import conf
from community.uploads.models import Upload

SCALE = [(str(score), word) for score, word in RATINGS]
LATEST = 12  # pictures sent earlier that the form offers


class ManyFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class ReviewForm(forms.Form):
    """A rating with words, aspects and photos; words may be left out."""

    rating = forms.TypedChoiceField(label=_("Your rating"), choices=SCALE, coerce=int, widget=forms.RadioSelect)
    body = forms.CharField(
        label=_("Your review"),
        max_length=LONGEST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 8, "data-composer": ""}),
        help_text=_("What was good, what was not, and for whom is it? You may leave it empty and only rate."),
    )
    new_photos = forms.FileField(
        label=_("Photos"),
        required=False,
        widget=ManyFiles(
            attrs={"accept": "image/jpeg,image/png,image/gif,image/webp", "data-shows-in": "photo-preview"}
        ),
        help_text=_(
            "Up to ten, each JPEG, PNG, GIF or WebP up to 10 MB. Where and with what they were taken is removed."
        ),
    )
    alt = forms.CharField(
        label=_("What do the new photos show?"),
        max_length=conf.ALT_LENGTH,
        required=False,
        help_text=_("For those who cannot see them. Each can be described by itself under “My pictures”."),
    )
    photos = forms.ModelMultipleChoiceField(
        label=_("Shown with the review"), queryset=Upload.objects.none(), required=False
    )

    def __init__(self, *args: Any, subject: Subject, member: Any, review: Review | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        photos: Any = self.fields["photos"]
        photos.queryset = Upload.objects.pictures().filter(owner=member)
        self.aspects = aspects_of(subject.category)
        for aspect in self.aspects:
            self.fields[f"aspect_{aspect.slug}"] = forms.TypedChoiceField(
                label=aspect.shown_name,
                choices=[("", "–"), *[(str(score), str(score)) for score in range(1, 6)]],
                coerce=int,
                empty_value=None,
                required=False,
            )
        if review is not None:
            self.initial.update(self._said(review))

    def _said(self, review: Review) -> dict[str, Any]:
        aspects = {f"aspect_{one.aspect.slug}": one.score for one in review.aspect_ratings.select_related("aspect")}
        photos = [photo.upload_id for photo in review.photos.all()]
        return {"rating": review.rating, "body": review.source, "photos": photos, **aspects}

    @classmethod
    def sent(cls, data: QueryDict, received: Received, **kwargs: Any) -> "ReviewForm":
        """The form as sent, with the pictures that came with it ticked, and what was wrong with others beside them."""
        ticked = data.copy()
        for pk in received.stored:
            ticked.appendlist("photos", str(pk))
        if received.stored:
            ticked["alt"] = ""  # it is theirs now
        form = cls(ticked, **kwargs)
        for sentence in received.refused:
            form.add_error("new_photos", str(sentence))
        return form

    def ticked(self) -> list[str]:
        """The ids of the pictures chosen so far, in the order in which the review shows them."""
        return list(dict.fromkeys(str(pk) for pk in self["photos"].value() or []))

    def offered(self) -> list[tuple[Upload, bool]]:
        """The pictures to choose from: those chosen, then the member's latest others; with whether they are chosen."""
        own: Any = self.fields["photos"].queryset  # type: ignore[attr-defined]
        chosen = [pk for pk in self.ticked() if _is_id(pk)]
        shown = {str(row.pk): row for row in own.filter(pk__in=chosen)} if chosen else {}
        others = own.exclude(pk__in=chosen).order_by("-id")[:LATEST]
        return [(shown[pk], True) for pk in chosen if pk in shown] + [(row, False) for row in others]

    def clean_photos(self) -> list[Any]:
        photos = list(self.cleaned_data["photos"])
        if len(photos) > MOST_PHOTOS:
            raise forms.ValidationError(TOO_MANY)
        order = self.ticked()
        return sorted((upload.pk for upload in photos), key=lambda pk: order.index(str(pk)))

    def aspect_fields(self) -> list[forms.BoundField]:
        return [self[f"aspect_{aspect.slug}"] for aspect in self.aspects]

    def said(self) -> dict[str, Any]:
        """The arguments of publish_review and edit_review."""
        given = self.cleaned_data
        aspects = {aspect.slug: given[f"aspect_{aspect.slug}"] for aspect in self.aspects}
        return {
            "rating": given["rating"],
            "source": given["body"],
            "aspects": {slug: score for slug, score in aspects.items() if score},
            "photos": given["photos"],
        }


def _is_id(text: str) -> bool:
    try:
        return bool(uuid.UUID(text))
    except ValueError:
        return False


class ReplyForm(forms.Form):
    """A team's answer to a review."""

    body = forms.CharField(
        label=_("Your team's answer"), max_length=LONGEST_REPLY, widget=forms.Textarea(attrs={"rows": 5})
    )


class RatingForm(forms.Form):
    """A rating alone."""

    score = forms.TypedChoiceField(choices=SCALE, coerce=int)
