"""Forms of the desk's stock pages."""

from typing import Any

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _
from unfold.widgets import (
    UnfoldAdminFileFieldWidget,
    UnfoldAdminIntegerFieldWidget,
    UnfoldAdminSelectWidget,
    UnfoldAdminTextInputWidget,
)

from commerce.stock.conf import MOST
from commerce.stock.models import Capacity, Stock
from commerce.vendors.desk import DeskForm


class Happened(models.TextChoices):
    """What may be told of a stock at the desk."""

    NOTHING = "", _("Nothing: leave the number as it is")
    RECEIVED = "received", _("More came in")
    COUNTED = "counted", _("I counted all that is there")
    DAMAGED = "damaged", _("Some are damaged or lost")


class StockForm(DeskForm):
    """What happened, how many, and why; and when to be told that few are left."""

    happened = forms.ChoiceField(
        label=_("What happened"), choices=Happened.choices, required=False, widget=UnfoldAdminSelectWidget
    )
    number = forms.IntegerField(
        label=_("How many"),
        required=False,
        min_value=0,
        max_value=MOST,
        widget=UnfoldAdminIntegerFieldWidget,
        help_text=_("So many came in, so many are there in all, or so many are damaged or lost."),
    )
    note = forms.CharField(
        label=_("Why"),
        required=False,
        max_length=200,
        widget=UnfoldAdminTextInputWidget,
        help_text=_("For your own books: the delivery, the day of the count, what broke."),
    )

    class Meta:
        model = Stock
        fields = ("refill_at",)
        help_texts = {"refill_at": _("The whole staff gets a letter when no more than this are on hand, once.")}

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or {}
        happened, number = cleaned.get("happened"), cleaned.get("number")
        if happened and number is None and "number" not in self.errors:
            self.add_error("number", _("Say how many."))
        if number is not None and not happened:
            self.add_error("happened", _("Say what happened, so that the number means something."))
        return cleaned


class CountsForm(forms.Form):
    """A file of counts, and why they were made."""

    file = forms.FileField(
        label=_("CSV file"),
        required=False,
        help_text=_("With the columns sku and on_hand; other columns are ignored, empty numbers left as they are."),
        widget=UnfoldAdminFileFieldWidget(attrs={"accept": ".csv,text/csv"}),
    )
    note = forms.CharField(
        label=_("Why"),
        max_length=200,
        required=False,
        widget=UnfoldAdminTextInputWidget,
        help_text=_("Stands beside each change in the history, for example “count of 1 March”."),
    )


class DayForm(DeskForm):
    """How many pieces can be begun on one day."""

    class Meta:
        model = Capacity
        fields = ("day", "places")
        help_texts = {
            "day": _("From today on."),
            "places": _("How many can be begun on this day. None means that nothing is made: a holiday."),
        }


class NewDayForm(DayForm):
    product: Any = forms.ModelChoiceField(
        label=_("Product"), queryset=None, widget=UnfoldAdminSelectWidget, help_text=_("What is made to order.")
    )
