"""Forms of the desk. Options, attributes and amounts are typed as people write them, and checked by the acts."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from commerce import money
from commerce.catalog.attributes import attributes_of
from commerce.catalog.models import AttributeKind, DigitalFile, Picture, Product, ProductKind, Variant
from commerce.vendors.desk import DeskForm
from community.foundation.problems import NotThere
from community.subjects.finding import find_subject

OPTIONS_HELP = gettext_lazy("One option a line, as “Size: S, M, L”. Leave empty if there is nothing to choose.")


class MoneyField(forms.Field):
    """An amount as text, smallest units inside."""

    def to_python(self, value: Any) -> int | None:
        text = str(value or "").strip()
        if not text:
            return None
        try:
            return money.parse(text.replace(",", ""))
        except money.NoAmount as error:
            raise ValidationError(str(error.detail), code=error.code) from error

    def prepare_value(self, value: Any) -> Any:
        return money.to_text(value) if isinstance(value, int) else value


class ProductForm(DeskForm):
    """Tells a product; its subject is named once, by the end of its page's address."""

    about = forms.CharField(
        label=gettext_lazy("subject"),
        max_length=80,
        help_text=gettext_lazy("What it is an offer of: the last part of the address of its page under “Reviews”."),
    )
    options_text = forms.CharField(
        label=gettext_lazy("options"), widget=forms.Textarea({"rows": 3}), required=False, help_text=OPTIONS_HELP
    )
    attributes_text = forms.CharField(
        label=gettext_lazy("attributes"), widget=forms.Textarea({"rows": 4}), required=False
    )

    class Meta:
        model = Product
        fields = (
            "title", "category", "summary", "source", "kind", "tax_rate", "warranty_months", "return_days"
        )  # fmt: skip
        help_texts = {
            "title": gettext_lazy("What stands on its card; name what is special about your offer."),
            "summary": gettext_lazy("One or two sentences below the title and in search results."),
            "source": gettext_lazy("Markdown: *emphasis*, lists with hyphens, ## headings."),
            "tax_rate": gettext_lazy("1000 is 10 %. Prices include it."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        product = self.instance
        if product.pk and not product._state.adding:
            self.fields.pop("about", None)
            self.fields.pop("kind", None)
            self.initial["options_text"] = "\n".join(
                f"{one['name']}: {', '.join(one['values'])}" for one in product.options
            )
            known = attributes_of(product.category)
            self.initial["attributes_text"] = "\n".join(
                _line(one.slug, product.attributes.get(one.slug)) for one in known
            )
            self.fields["attributes_text"].help_text = _known(known)
        else:
            self.fields.pop("attributes_text", None)
            self.fields["kind"].initial = ProductKind.GOODS

    def clean_about(self) -> Any:
        try:
            return find_subject(self.cleaned_data["about"].strip(), None)
        except NotThere as error:
            raise ValidationError(
                _("There is no such subject. Open its page and copy the end of the address.")
            ) from error

    def clean_options_text(self) -> list[dict[str, Any]]:
        found = []
        for line in filter(str.strip, self.cleaned_data["options_text"].splitlines()):
            name, _colon, values = line.partition(":")
            found.append({"name": name, "values": [one for one in map(str.strip, values.split(",")) if one]})
        return found

    def clean_attributes_text(self) -> dict[str, Any]:
        kinds = {one.slug: one.kind for one in attributes_of(self.instance.category)}
        found: dict[str, Any] = {}
        for line in filter(str.strip, self.cleaned_data["attributes_text"].splitlines()):
            slug, _colon, value = (part.strip() for part in line.partition(":"))
            found[slug] = _typed(kinds.get(slug, ""), value)
        return found


class VariantForm(DeskForm):
    """A variant of a product; product and options are named once."""

    amount = MoneyField(
        label=gettext_lazy("price"), help_text=gettext_lazy("Taxes included. The former price stays in the history.")
    )
    options_text = forms.CharField(
        label=gettext_lazy("options"),
        required=False,
        max_length=400,
        help_text=gettext_lazy("As “Size=M; Colour=Red”."),
    )

    class Meta:
        model = Variant
        fields = ("product", "sku")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk and not self.instance._state.adding:
            self.fields.pop("product", None)
            self.fields.pop("options_text", None)
            self.initial["amount"] = self.instance.price

    def clean_options_text(self) -> dict[str, str]:
        parts = (one.partition("=") for one in self.cleaned_data["options_text"].split(";") if one.strip())
        return {name.strip(): value.strip() for name, _sign, value in parts}


class PictureForm(DeskForm):
    """A picture to show with a product."""

    file = forms.FileField(label=gettext_lazy("picture"))

    class Meta:
        model = Picture
        fields = ("product", "variant", "alt", "position")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk and not self.instance._state.adding:
            for name in ("file", "product", "variant"):
                self.fields.pop(name, None)
        else:
            self.fields.pop("position", None)


class FileForm(DeskForm):
    """A file for the buyers of a digital product."""

    file = forms.FileField(label=gettext_lazy("file"))

    class Meta:
        model = DigitalFile
        fields = ("product",)


class ImportForm(forms.Form):
    """A table of products."""

    file = forms.FileField(
        label=gettext_lazy("table"),
        help_text=gettext_lazy(
            "CSV or XLSX with the columns of the export. You see what would happen before anything changes."
        ),
    )


def _line(slug: str, value: Any) -> str:
    shown = {True: "yes", False: "no", None: ""}.get(value, value) if isinstance(value, bool | None) else value
    return f"{slug}: {shown}"


def _known(known: Iterable[Any]) -> str:
    told = [f"{one.slug} ({', '.join(one.choices) or one.unit or one.get_kind_display()})" for one in known]
    return _("One a line, as “colour: Red”. Known here: %(known)s") % {"known": "; ".join(told) or "–"}


def _typed(kind: str, value: str) -> Any:
    if kind == AttributeKind.YES_NO:
        return {"yes": True, "no": False}.get(value, value)
    if kind == AttributeKind.NUMBER:
        try:
            return int(value) if value.lstrip("-").isdigit() else float(value)
        except ValueError:
            return value
    return value
