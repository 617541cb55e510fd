"""Forms about subjects."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from community.foundation.characters import tidy
from community.foundation.problems import NotThere
from community.subjects.finding import find_subject
from community.subjects.models import LONGEST_SAMPLE, Category, Subject, SubjectKind


class CategoryField(forms.ModelChoiceField):
    """A choice from the tree, indented by depth."""

    def label_from_instance(self, obj: Any) -> str:
        return "  " * obj.depth + obj.shown_name


class SubjectForm(forms.Form):
    """What a member tells of a subject."""

    name = forms.CharField(label=_("Name"), max_length=200, help_text=_("As people call it, without praise."))
    kind = forms.ChoiceField(label=_("Kind"), choices=SubjectKind.choices)
    category = CategoryField(label=_("Category"), queryset=Category.objects.order_by("path"))
    summary = forms.CharField(
        label=_("What it is, in a sentence or two"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    picture = forms.FileField(
        label=_("Picture"),
        required=False,
        help_text=_("JPEG, PNG, GIF or WebP, up to 10 MB; one of your own making."),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/gif,image/webp"}),
    )
    sample_text = forms.CharField(
        label=_("A sample of its text"),
        max_length=LONGEST_SAMPLE,
        required=False,
        help_text=_("A few lines of the book, the song or the menu, as they stand there. No more than one may quote."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    sample_sound = forms.FileField(
        label=_("A sample of its sound"),
        required=False,
        help_text=_("MP3, M4A, Ogg or WAV, up to 10 MB; one that you may share."),
        widget=forms.FileInput(attrs={"accept": "audio/mpeg,audio/mp4,audio/x-m4a,audio/ogg,audio/wav"}),
    )
    no_sound = forms.BooleanField(label=_("Take the sound away that is there"), required=False)

    def __init__(self, *args: Any, subject: Subject | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if subject is None or subject.sample_sound_id is None:
            del self.fields["no_sound"]

    def clean_name(self) -> str:
        return tidy(self.cleaned_data["name"]).strip()

    def clean_summary(self) -> str:
        return tidy(self.cleaned_data["summary"]).strip()

    def clean_sample_text(self) -> str:
        return tidy(self.cleaned_data["sample_text"]).strip()


class MergeForm(forms.Form):
    """Into which subject another is merged."""

    into = forms.CharField(
        label=_("Address of the subject that stays"),
        max_length=80,
        help_text=_("The last part of its page's address, for example green-thermos."),
    )

    def __init__(self, *args: Any, viewer: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.viewer = viewer

    def clean_into(self) -> Subject:
        slug = self.cleaned_data["into"].strip().strip("/").rsplit("/", 1)[-1]
        try:
            return find_subject(slug, self.viewer)
        except NotThere as error:
            raise forms.ValidationError(_("There is no subject at this address.")) from error
