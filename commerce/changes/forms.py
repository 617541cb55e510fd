"""The desk's form of a change: its words, its day, and whose words caused it, chosen or named by their addresses."""

from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django import forms
from django.urls import Resolver404, resolve
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.widgets import UnfoldAdminTextareaWidget

from commerce.changes.models import Change, SourceKind
from commerce.changes.sources import Reference, nameable, seen
from commerce.changes.writing import here
from commerce.vendors.desk import DeskForm
from community.foundation import targets
from community.foundation.characters import excerpt

OFFERED = 30
MOST_ADDRESSES = 5_000
ROUTES = {"community_boards:topic": SourceKind.TOPIC, "community_reviews:review": SourceKind.REVIEW}
HEADINGS = {SourceKind.TOPIC: gettext_lazy("Ideas and complaints"), SourceKind.REVIEW: gettext_lazy("Reviews")}


class ChangeForm(DeskForm):
    """`vendor` and `viewer` are set by the page."""

    vendor: Any = None
    viewer: Any = None
    causes = forms.MultipleChoiceField(
        label=gettext_lazy("Because of"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("The newest. Their authors are named beside the change, and told."),
    )
    addresses = forms.CharField(
        label=gettext_lazy("And because of"),
        required=False,
        max_length=MOST_ADDRESSES,
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 2}),
        help_text=gettext_lazy("Addresses of other ideas, complaints or reviews, one a line."),
    )

    class Meta:
        model = Change
        fields = ("product", "title", "source", "changed_on")
        help_texts = {
            "title": gettext_lazy("In one line: “The handle stays cool now”."),
            "source": gettext_lazy(
                "For everyone to read: what was said, what you did, what is different. Markdown works."
            ),
            "changed_on": gettext_lazy(
                "From when on customers get it so. The score is shown before that day and since."
            ),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance._state.adding:
            self.fields["changed_on"].initial = here
        else:
            self.fields.pop("product", None)
        named = _named(self.instance, self.viewer)
        self.fields["causes"].choices = [  # type: ignore[attr-defined]
            (HEADINGS[kind], self._choices(kind, named)) for kind in HEADINGS
        ]
        self.initial["causes"] = [_value(each) for each in named]

    def clean_addresses(self) -> list[Reference]:
        return [_reference(line) for line in self.cleaned_data["addresses"].split()]

    @property
    def sources(self) -> list[Reference]:
        """Everything chosen and named, as the acts take it."""
        chosen = [value.partition(":") for value in self.cleaned_data["causes"]]
        return [*((kind, UUID(id)) for kind, _colon, id in chosen), *self.cleaned_data["addresses"]]

    def _choices(self, kind: str, named: dict[Reference, Any]) -> list[tuple[str, str]]:
        """What is named already, then the newest that may be."""
        rows = [thing for (known, _id), thing in named.items() if known == kind]
        rows += list(nameable(kind, self.vendor, self.viewer).order_by("-pk")[:OFFERED])
        return [(_value((kind, row.pk)), _label(kind, row)) for row in dict.fromkeys(rows)]


def _named(change: Change, viewer: Any) -> dict[Reference, Any]:
    if change._state.adding:
        return {}
    return seen({(one.source_kind, one.source_id) for one in change.causes.all()}, viewer)


def _value(reference: Reference) -> str:
    return f"{reference[0]}:{reference[1]}"


def _label(kind: str, row: Any) -> str:
    author = row.author.shown_name if row.author else getattr(row, "author_name", "")
    said = f": {excerpt(row.source, 80)}" if kind == SourceKind.REVIEW else ""
    return f"{targets.kinds()[kind].title(row)}{said} – {author}"


def _reference(address: str) -> Reference:
    try:
        found = resolve(urlsplit(address).path)
    except (Resolver404, ValueError):
        found = None
    kind = ROUTES.get(found.view_name) if found else None
    if found is None or kind is None:
        sentence = _("“%(address)s” is no address of an idea, a complaint or a review. Copy it from its page.")
        raise forms.ValidationError(sentence % {"address": address[:200]}, code="invalid_address")
    return str(kind), next(iter(found.kwargs.values()))
