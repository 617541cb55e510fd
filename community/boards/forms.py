"""What people fill in. Rules live in the acts; these say which fields there are and how they are shown."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from community.boards import extras
from community.boards.models import Board, TopicSubject
from community.boards.models.places import Kind
from community.boards.models.posts import BODY_LENGTH
from community.boards.models.topics import TITLE_LENGTH
from community.boards.verdicts import FOR_WHOM_LENGTH
from community.foundation.ids import uuid7
from community.subjects.models import Subject


class BodyField(forms.CharField):
    """The text of a post in Markdown, with the composer around it."""

    def __init__(self, **kwargs: Any) -> None:
        area = forms.Textarea(
            attrs={
                "rows": 8,
                "maxlength": BODY_LENGTH,
                "data-composer": True,
                "data-pictures": True,
                "data-uploading": _("Sending the picture"),
                "data-describe": _("what the picture shows"),
                "data-failed": _("The picture could not be sent. Try again."),
            }
        )
        super().__init__(**{"label": _("Text"), "strip": False, "widget": area, **kwargs})


class WordsField(forms.CharField):
    """Tags, separated by commas or spaces."""

    def clean(self, value: str | None) -> list[str]:
        return super().clean(value).replace(",", " ").split()

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(value) if isinstance(value, list | tuple) else value


class SubjectsField(forms.CharField):
    """Things that are spoken of, by name or address, separated by commas; cleaned to subjects that `member` may see."""

    member: Any = None

    def clean(self, value: str | None) -> list[Subject]:
        words = [word for each in super().clean(value).split(",") if (word := " ".join(each.split()))]
        return [self._found(word) for word in dict.fromkeys(words)]

    def _found(self, word: str) -> Subject:
        name = word.rstrip("/").rsplit("/", 1)[-1]
        seen = Subject.objects.visible_to(self.member).order_by("-rating_count", "id")
        found = seen.filter(slug=name).first() or seen.filter(name__iexact=word).first()
        if found is None:
            raise forms.ValidationError(
                _("Nothing of that name is known here. Add it first, or check the spelling."), code="does_not_exist"
            )
        return found

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(subject.name for subject in value) if isinstance(value, list | tuple) else value


class TopicForm(forms.Form):
    """A topic: what every board asks for, and what the kind of this board and the apps above add."""

    title = forms.CharField(label=_("Title"), max_length=TITLE_LENGTH)
    body = BodyField()
    tags = WordsField(
        label=_("Tags"), required=False, help_text=_("Up to five words by which others find it, separated by commas.")
    )
    subjects = SubjectsField(
        label=_("What it is about"),
        required=False,
        help_text=_("Names or addresses of what you speak of, separated by commas."),
    )
    verdict = forms.ChoiceField(
        label=_("What you think of it"), choices=TopicSubject.Verdict.choices, widget=forms.RadioSelect, required=False
    )
    for_whom = forms.CharField(
        label=_("For whom"),
        max_length=FOR_WHOM_LENGTH,
        required=False,
        help_text=_("For example: small kitchens, beginners"),
    )
    submission = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, board: Board, member: Any, fresh: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.board = board
        self.fields["subjects"].member = member  # type: ignore[attr-defined]
        if board.kind != Kind.WORD_OF_MOUTH:
            del self.fields["verdict"], self.fields["for_whom"]
        self.parts: list[tuple[extras.TopicExtra, list[str]]] = []
        if fresh:
            self.initial.setdefault("submission", uuid7())
            self._add_parts()
        else:
            del self.fields["submission"]

    def _add_parts(self) -> None:
        for extra in extras.of_kind(self.board.kind):
            added = extra.form_fields() if extra.form_fields else {}
            names = [f"{extra.name}-{name}" for name in added]
            self.fields.update(zip(names, added.values(), strict=True))
            if names:
                self.parts.append((extra, names))

    @property
    def shown_parts(self) -> list[dict[str, Any]]:
        """For the template: each extra with its bound fields."""
        return [
            {"extra": extra, "fields": [self[name] for name in names], "template": extra.form_template}
            for extra, names in self.parts
        ]

    @property
    def data_of_extras(self) -> dict[str, dict[str, Any]]:
        """What was entered for each extra, by the names of its own fields; nothing where all is empty."""
        entered = {
            extra.name: {name.split("-", 1)[1]: self.cleaned_data.get(name) for name in names}
            for extra, names in self.parts
        }
        return {name: values for name, values in entered.items() if any(values.values())}


class ReplyForm(forms.Form):
    """An answer in a topic."""

    body = BodyField(label=_("Your answer"))
    reply_to = forms.UUIDField(widget=forms.HiddenInput, required=False)
    submission = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("submission", uuid7())

    @property
    def looks(self) -> tuple[()] | None:
        """An empty form looks the same for all, but for its submission (`{% drawn %}`)."""
        return None if self.is_bound else ()


class EditForm(forms.Form):
    """A change of a reply; `version` is the one that was read."""

    body = BodyField()
    reason = forms.CharField(label=_("Why you changed it"), max_length=300, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1)


class EditTopicForm(TopicForm):
    """A change of a topic with its opening text."""

    reason = forms.CharField(label=_("Why you changed it"), max_length=300, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1)


class ReasonForm(forms.Form):
    """Why something is hidden, which its author is told."""

    reason = forms.CharField(label=_("Reason"), max_length=300, required=False)


class StateForm(forms.Form):
    """What moderators set on a topic."""

    pinned = forms.BooleanField(label=_("Pinned: stands above the others on its board"), required=False)
    locked = forms.BooleanField(label=_("Locked: nobody can answer"), required=False)
    slow_seconds = forms.IntegerField(
        label=_("Slow mode: seconds between two posts of a member"), min_value=0, max_value=86_400, required=False
    )


class MoveForm(forms.Form):
    """Another board for a topic."""

    board = forms.ModelChoiceField(label=_("Board"), queryset=Board.objects.none(), empty_label=None)

    def __init__(self, *args: Any, boards: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["board"].queryset = boards  # type: ignore[attr-defined]


class MergeForm(forms.Form):
    """The topic that takes the posts in, by its address."""

    into = forms.CharField(label=_("Address of the topic that takes the posts in"), max_length=300)


class SplitForm(forms.Form):
    """Replies that become a topic of their own."""

    title = forms.CharField(label=_("Title of the new topic"), max_length=TITLE_LENGTH)
    posts = forms.MultipleChoiceField(label=_("Replies that go there"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, choices: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["posts"].choices = list(choices)  # type: ignore[attr-defined]
