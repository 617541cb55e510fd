"""What a member tells of their things."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from commerce.catalog.forms import MoneyField
from commerce.shelf.conf import LONGEST_NAME, LONGEST_NOTE, LONGEST_PLACE, LONGEST_TITLE
from commerce.shelf.reading import Shown
from community.foundation.problems import NotThere
from community.subjects.finding import find_subject

DAY = forms.DateInput({"type": "date"}, format="%Y-%m-%d")


class OwnWordsForm(forms.Form):
    """A name and a note, for what was bought here."""

    name = forms.CharField(
        label=_("Your name for it"),
        max_length=LONGEST_NAME,
        required=False,
        help_text=_("“The blue one”, “Mother's kettle”: only you see it."),
    )
    note = forms.CharField(
        label=_("Note"),
        max_length=LONGEST_NOTE,
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("A serial number, where the papers are, how it is washed."),
    )
    hidden = forms.BooleanField(
        label=_("Hide it from the shelf"), required=False, help_text=_("You find it again under “What you hid”.")
    )

    @classmethod
    def of(cls, shown: Shown, data: Any = None, **kwargs: Any) -> "OwnWordsForm":
        thing = shown.thing
        return cls(data, initial={"name": thing.name, "note": thing.note, "hidden": thing.hidden}, **kwargs)


class ThingForm(OwnWordsForm):
    """Something from elsewhere, with all that is told of it."""

    title = forms.CharField(label=_("What is it?"), max_length=LONGEST_TITLE)
    about = forms.CharField(
        label=_("Its page under “Reviews”"),
        max_length=200,
        required=False,
        help_text=_("The address of the page, or its last part. Then your review of it stands beside it."),
    )
    bought_from = forms.CharField(label=_("Where did you buy it?"), max_length=LONGEST_PLACE, required=False)
    bought_on = forms.DateField(label=_("When?"), required=False, widget=DAY)
    price = MoneyField(
        label=_("What did it cost?"),
        required=False,
        widget=forms.TextInput({"inputmode": "decimal", "autocomplete": "off"}),
    )
    warranty_until = forms.DateField(label=_("Warranty until"), required=False, widget=DAY)
    field_order = ("title", "bought_from", "bought_on", "price", "warranty_until", "about", "name", "note", "hidden")

    def __init__(self, *args: Any, by: Any, new: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by
        if new:
            del self.fields["hidden"], self.fields["name"]

    @classmethod
    def of(cls, shown: Shown, data: Any = None, **kwargs: Any) -> "ThingForm":
        thing = shown.thing
        initial = {
            "title": thing.title,
            "about": shown.subject.slug if shown.subject else "",
            "bought_from": thing.bought_from,
            "bought_on": shown.bought_on,
            "price": thing.price,
            "warranty_until": thing.warranty_until,
            "name": thing.name,
            "note": thing.note,
            "hidden": thing.hidden,
        }
        return cls(data, initial=initial, **kwargs)

    def clean_about(self) -> Any:
        slug = self.cleaned_data["about"].strip().rstrip("/").rpartition("/")[2]
        if not slug:
            return None
        try:
            return find_subject(slug, self.by)
        except NotThere as error:
            raise forms.ValidationError(_("There is no such page. Copy its address, or leave this empty.")) from error

    @property
    def told(self) -> dict[str, Any]:
        """What the acts take."""
        said = dict(self.cleaned_data)
        said["subject"] = said.pop("about")
        return said
