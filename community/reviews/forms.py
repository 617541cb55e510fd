"""Forms about reviews."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from community.reviews.models import LONGEST, MOST_PHOTOS, RATINGS, Review
from community.reviews.replying import LONGEST_REPLY
from community.subjects.categories import aspects_of
from community.subjects.models import Subject
from community.uploads.models import Upload

SCALE = [(str(score), word) for score, word in RATINGS]


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
    photos = forms.ModelMultipleChoiceField(
        label=_("Photos"), queryset=Upload.objects.none(), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, subject: Subject, member: Any, review: Review | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = Upload.objects.pictures().filter(owner=member).order_by("-id")[:24]
        photos: Any = self.fields["photos"]
        photos.queryset = Upload.objects.filter(pk__in=[upload.pk for upload in own])
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

    def clean_photos(self) -> list[Any]:
        photos = list(self.cleaned_data["photos"])
        if len(photos) > MOST_PHOTOS:
            raise forms.ValidationError(_("A review shows ten pictures at most. Leave some out."))
        return [upload.pk for upload in photos]

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


class ReplyForm(forms.Form):
    """A team's answer to a review."""

    body = forms.CharField(
        label=_("Your team's answer"), max_length=LONGEST_REPLY, widget=forms.Textarea(attrs={"rows": 5})
    )


class RatingForm(forms.Form):
    """A rating alone."""

    score = forms.TypedChoiceField(choices=SCALE, coerce=int)
