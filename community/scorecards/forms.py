"""Forms of score cards and ranked lists. Subjects are named one a line by their addresses."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class AddressesField(forms.Field):
    """Addresses of subjects, one a line; a whole link counts by its last part, what follows a space is a note."""

    widget = forms.Textarea(attrs={"rows": 8, "spellcheck": "false"})

    def to_python(self, value: Any) -> list[tuple[str, str]]:
        lines = [line.strip() for line in str(value or "").splitlines() if line.strip()]
        return [self._pair(line) for line in lines]

    def prepare_value(self, value: Any) -> str:
        if isinstance(value, str) or value is None:
            return value or ""
        return "\n".join(f"{slug} {note}".strip() for slug, note in value)

    def validate(self, value: Any) -> None:
        if self.required and not value:
            raise forms.ValidationError(self.error_messages["required"], code="required")

    def run_validators(self, value: Any) -> None:
        """Addresses are looked up by the act."""

    @staticmethod
    def _pair(line: str) -> tuple[str, str]:
        slug, _space, note = line.partition(" ")
        return slug.rstrip("/").rsplit("/", 1)[-1], note.strip()


class ScoreCardForm(forms.Form):
    title = forms.CharField(label=_("Title"), max_length=120)
    subjects = AddressesField(
        label=_("Subjects"), help_text=_("One a line: the link of its page, or the last part of it.")
    )


class RankedListForm(forms.Form):
    title = forms.CharField(label=_("Title"), max_length=120)
    introduction = forms.CharField(
        label=_("Introduction"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    subjects = AddressesField(
        label=_("Subjects, best first"),
        help_text=_("One a line: the link of its page or the last part of it, then a space and why."),
    )
    public = forms.BooleanField(label=_("Everyone may see it"), required=False, initial=True)

    def said(self) -> dict[str, Any]:
        """The arguments of make_list and change_list."""
        pairs = self.cleaned_data["subjects"]
        return {
            "title": self.cleaned_data["title"],
            "introduction": self.cleaned_data["introduction"],
            "public": self.cleaned_data["public"],
            "subjects": [slug for slug, _note in pairs],
            "notes": dict(pairs),
        }
