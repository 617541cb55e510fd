"""Forms of the desk's pages of returns."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _
from unfold.widgets import (
    UnfoldAdminIntegerFieldWidget,
    UnfoldAdminSelectWidget,
    UnfoldAdminTextareaWidget,
    UnfoldAdminTextInputWidget,
)

from commerce.catalog.forms import MoneyField
from commerce.orders import carriers
from commerce.returns import conf
from commerce.returns.arriving import Inspected
from commerce.returns.models import Return, ReturnState, Wants
from commerce.vendors.desk import DeskForm

ACCEPT, REJECT, RECEIVE, REFUND, REPLACE = "accept", "reject", "receive", "refund", "replace"
WORDS = {
    ACCEPT: _("Accept it: the buyer sends it"),
    REJECT: _("Turn it down, and say why"),
    RECEIVE: _("It arrived: count it below"),
    REFUND: _("Refund what arrived"),
    REPLACE: _("The same again was sent in its place"),
}


def acts_of(row: Return) -> list[str]:
    """What the vendor can do with a return now, the likely one first."""
    if row.state == ReturnState.RECEIVED:
        return [REPLACE, REFUND] if row.wants == Wants.REPLACEMENT else [REFUND, REPLACE]
    table = {ReturnState.REQUESTED: [ACCEPT, REJECT, RECEIVE], ReturnState.ACCEPTED: [RECEIVE]}
    return table.get(ReturnState(row.state), [])


class ReturnForm(DeskForm):
    """What the vendor does next with a return."""

    act = forms.ChoiceField(label=_("What next"), widget=UnfoldAdminSelectWidget)
    reason = forms.CharField(
        label=_("What the buyer reads"),
        required=False,
        max_length=conf.LONGEST_REASON,
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 2}),
        help_text=_("Needed to turn it down; otherwise a word on how to send it, if you like."),
    )
    carrier = forms.ChoiceField(
        label=_("Carrier"),
        choices=[("", _("Choose")), *((one.code, one.name) for one in carriers.CARRIERS)],
        required=False,
        widget=UnfoldAdminSelectWidget,
    )
    tracking = forms.CharField(
        label=_("Tracking number"), max_length=60, required=False, widget=UnfoldAdminTextInputWidget
    )

    class Meta:
        model = Return
        fields: tuple[str, ...] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        acts = acts_of(self.instance)
        if "act" in self.fields:
            field: Any = self.fields["act"]
            field.choices = [(name, WORDS[name]) for name in acts]

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or {}
        if cleaned.get("act") == REJECT and not cleaned.get("reason", "").strip():
            self.add_error("reason", _("Say why you turn it down: the buyer reads it."))
        return cleaned

    @property
    def inspected(self) -> dict[UUID, Inspected]:
        """What was counted, by the line of the order."""
        told = self.cleaned_data
        counts = [
            (one.line_id, told.get(f"came_{one.pk.hex}"), told.get(f"good_{one.pk.hex}"))
            for one in self.instance.lines.all()
        ]
        return {line: Inspected(came or 0, good) for line, came, good in counts}


def form_for(row: Return) -> type[ReturnForm]:
    """The form of this return: with two numbers a line while it has not arrived."""
    fields: dict[str, Any] = {}
    if RECEIVE in acts_of(row):
        for one in row.lines.all():
            most = {"min_value": 0, "max_value": one.quantity, "widget": UnfoldAdminIntegerFieldWidget}
            said = {"title": one.line.title, "n": one.quantity}
            fields[f"came_{one.pk.hex}"] = forms.IntegerField(
                label=_("%(title)s: arrived, of %(n)d") % said, initial=one.quantity, required=False, **most
            )
            fields[f"good_{one.pk.hex}"] = forms.IntegerField(
                label=_("%(title)s: can be sold again") % said,
                required=False,
                help_text=_("They go back to stock. Left empty: all that arrived."),
                **most,
            )
    return type("ReturnForm", (ReturnForm,), {**fields, "__module__": __name__})


class GoodwillForm(forms.Form):
    """Money for nothing that comes back."""

    order = forms.CharField(
        label=_("Number of the order"),
        max_length=24,
        widget=UnfoldAdminTextInputWidget,
        help_text=_("As it stands in the list of orders, with the part of this vendor: 260115-ABC234-1."),
    )
    amount = MoneyField(
        label=_("Amount"),
        widget=UnfoldAdminTextInputWidget(attrs={"inputmode": "decimal"}),
        help_text=_("At most what is left of what was paid. You bear all of it; the commission stays as it is."),
    )
    reason = forms.CharField(
        label=_("Why"),
        max_length=conf.LONGEST_REASON,
        widget=UnfoldAdminTextInputWidget,
        help_text=_("The buyer reads it."),
    )
