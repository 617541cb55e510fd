"""One form a field, made from the field, and the form of consents."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from community.profiles import fields
from community.profiles.consenting import Decision
from community.profiles.models import Answer

DATES_ASKED = 3


class AnswerForm(forms.Form):
    """The inputs of one voluntary field, and who may see the answer."""

    def __init__(self, *args: Any, field: fields.VoluntaryField, row: Answer | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.field = field
        value = row.value if row else None
        for name, form_field in _inputs(field, value):
            self.fields[name] = form_field
        self.fields["visibility"] = forms.ChoiceField(
            label=_("Who may see it"), choices=Answer.VISIBILITIES, initial=row.visibility if row else Answer.ME
        )

    def value(self) -> Any:
        """The answer as `fields` takes it."""
        data = self.cleaned_data
        if self.field.kind == fields.SIZES:
            return {name: data[name] for name, _label in self.field.choices if data.get(name)}
        if self.field.kind == fields.DATES:
            pairs = [(data.get(f"day_{n}"), data.get(f"name_{n}")) for n in range(DATES_ASKED)]
            return [{"day": f"{day:%m-%d}", "name": name} for day, name in pairs if day and name]
        value = data[self.field.name]
        return value.isoformat() if self.field.kind == fields.DATE else value


def _inputs(field: fields.VoluntaryField, value: Any) -> list[tuple[str, forms.Field]]:
    label: Any = field.label
    if field.kind == fields.CHOICE:
        return [(field.name, forms.ChoiceField(label=label, choices=[("", "—"), *field.choices], initial=value))]
    if field.kind == fields.CHOICES:
        boxes = forms.CheckboxSelectMultiple
        return [
            (field.name, forms.MultipleChoiceField(label=label, choices=field.choices, initial=value, widget=boxes))
        ]
    if field.kind == fields.DATE:
        return [(field.name, forms.DateField(label=label, initial=value, widget=_date_input()))]
    if field.kind == fields.SIZES:
        known = value or {}
        return [
            (name, forms.CharField(label=str(part), max_length=60, required=False, initial=known.get(name)))
            for name, part in field.choices
        ]
    if field.kind == fields.DATES:
        return _date_inputs(value or [])
    return [(field.name, forms.CharField(label=label, max_length=60, initial=value))]


def _date_inputs(known: list[dict[str, str]]) -> list[tuple[str, forms.Field]]:
    found: list[tuple[str, forms.Field]] = []
    for number in range(DATES_ASKED):
        item = known[number] if number < len(known) else {}
        day = f"2000-{item['day']}" if item else None
        name = forms.CharField(label=_("Name of the day"), max_length=60, required=False, initial=item.get("name"))
        found.append((f"name_{number}", name))
        label = _("Day (the year does not matter)")
        found.append((f"day_{number}", forms.DateField(label=label, required=False, initial=day, widget=_date_input())))
    return found


def _date_input() -> forms.DateInput:
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


class ConsentForm(forms.Form):
    """A box for each purpose, none ticked beforehand but those that were granted."""

    def __init__(self, *args: Any, decisions: list[Decision], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for decision in decisions:
            self.fields[decision.purpose] = forms.BooleanField(
                label=decision.label, required=False, initial=decision.granted
            )
