"""What one wants to be told of a product."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from commerce import money
from commerce.catalog.forms import MoneyField
from commerce.watches.models import Watch
from commerce.watches.watching import Wishes

MOST_CHOICES = 200


class WatchForm(forms.Form):
    """`watches` are the reader's of this product; what is chosen in front is filled in."""

    which = forms.ChoiceField(label=gettext_lazy("Which one"), required=False)
    back_in_stock = forms.BooleanField(label=gettext_lazy("When it can be bought again"), required=False)
    price_fall = forms.BooleanField(label=gettext_lazy("When it costs less"), required=False)
    target_price = MoneyField(
        label=gettext_lazy("Only when it costs at most"),
        required=False,
        widget=forms.TextInput({"inputmode": "decimal", "autocomplete": "off"}),
    )

    def __init__(self, data: Any = None, *, variants: list[Any], chosen: Any, watches: list[Watch]) -> None:
        known = {str(one.variant_id or ""): one for one in watches}
        front = str(chosen.pk) if chosen and len(variants) > 1 else ""
        shown = known.get(front) or known.get("")
        super().__init__(data, initial=_initial(shown, front, chosen))
        if len(variants) < 2:
            del self.fields["which"]
        else:
            each = [(str(one.pk), one.label or one.sku) for one in variants[:MOST_CHOICES]]
            self.fields["which"].choices = [("", _("Any of them")), *each]  # type: ignore[attr-defined]
        if chosen is not None:
            price = money.formatted(chosen.price)
            self.fields["target_price"].help_text = _("It costs %(price)s now. Empty: any lower price.") % {
                "price": price
            }

    @property
    def variant_id(self) -> Any:
        return self.cleaned_data.get("which") or None

    @property
    def wishes(self) -> Wishes:
        """A price of one's own says that one waits for prices."""
        said = self.cleaned_data
        target = said["target_price"]
        return Wishes(said["back_in_stock"], said["price_fall"] or target is not None, target)


def _initial(watch: Watch | None, front: str, chosen: Any) -> dict[str, Any]:
    if watch is None:
        gone = chosen is not None and not chosen.can_buy
        return {"which": front, "back_in_stock": gone, "price_fall": not gone}
    names = ("back_in_stock", "price_fall", "target_price")
    return {"which": str(watch.variant_id or ""), **{name: getattr(watch, name) for name in names}}
