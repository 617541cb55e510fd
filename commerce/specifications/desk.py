"""The desk's page on which a vendor says what can be specified of a product, and looks at it as a member would."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display

from commerce.catalog.models import Product, ProductKind, ProductState
from commerce.specifications.asking import Asked, variant_of
from commerce.specifications.defining import check_definition, define
from commerce.specifications.desk_forms import KINDS, FieldsFormSet, TermsForm, initial_of, with_one_more
from commerce.specifications.errors import SchemaInvalid
from commerce.specifications.forms import SpecificationForm
from commerce.specifications.kinds import CHOICE, MEASURE
from commerce.specifications.models import Schema
from commerce.specifications.reading import current_schema
from commerce.vendors.desk import DeskPage, desk_site
from commerce.vendors.models import Vendor
from community.foundation.problems import NotThere


@admin.register(Schema, site=desk_site)
class SchemaPage(DeskPage):
    """What can be specified, product by product: the versions in force."""

    icon = "design_services"
    list_display = ("shown_title", "version", "field_count", "lead_days", "daily_capacity", "created_at")
    list_select_related = ("product",)
    search_fields = ("product__title",)
    ordering = ("-created_at", "pk")

    def rows_of(self, vendor: Vendor) -> QuerySet[Schema]:
        return Schema.objects.current().filter(product__in=_products(vendor))

    def view_on_site(self, obj: Schema) -> str:
        return obj.product.get_absolute_url()

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self.may_change(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.may_change(request)

    def get_urls(self) -> list[URLPattern]:
        own = path(
            "product/<str:product_slug>/",
            self.admin_site.admin_view(self.define),
            name="commerce_specifications_define",
        )
        return [own, *super().get_urls()]

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        """Choose the product that is to be made to order."""
        products = self._products(request).exclude(schemas__isnull=False).order_by("title")
        context = {**self._context(request), "title": _("Choose a product"), "products": products[:500]}
        return TemplateResponse(request, "commerce/specifications/desk/choose.html", context)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """A version never changes: its product gets a new one."""
        row = self.get_object(request, object_id)
        if row is None:
            raise NotThere
        return self.define(request, row.product.slug)

    def define(self, request: HttpRequest, product_slug: str) -> HttpResponse:
        """The fields of a product as forms; shows them as a member sees them, or saves them as a new version."""
        product = self._products(request).filter(slug=product_slug).first()
        if product is None:
            raise NotThere
        schema = current_schema(product)
        act = request.POST.get("act", "")
        if act.startswith("add-"):
            data = with_one_more(request.POST, act.removeprefix("add-"))
            return self._form(request, product, schema, TermsForm(data), FieldsFormSet(data, prefix="fields"))
        terms, fields = _forms(request, schema)
        if request.method == "POST" and terms.is_valid() and fields.is_valid():
            rows = [row for _form, row in fields.rows()]
            wanted = {"fields": rows, **terms.cleaned_data}
            try:
                if any(form.errors for form in fields):
                    return self._form(request, product, schema, terms, fields)
                if act == "preview":
                    return _preview(request, product, wanted)
                saved = define(by=request.user, product=product, **wanted)
                messages.success(
                    request, _("Saved as version %(n)s. Members see it from now on.") % {"n": saved.version}
                )
                return redirect("desk:commerce_specifications_define", product.slug)
            except SchemaInvalid as invalid:
                fields.show(invalid, terms)
        return self._form(request, product, schema, terms, fields)

    def _form(self, request: HttpRequest, product: Product, schema: Any, terms: Any, fields: Any) -> HttpResponse:
        context = {
            **self._context(request),
            "title": product.title,
            "product": product,
            "schema": schema,
            "terms": terms,
            "fields": fields,
            "kinds": KINDS,
        }
        return TemplateResponse(request, "commerce/specifications/desk/define.html", context)

    def _products(self, request: HttpRequest) -> QuerySet[Product]:
        if not self.may_change(request):
            raise NotThere
        return _products(self.vendor(request))

    def _context(self, request: HttpRequest) -> dict[str, Any]:
        return {**self.admin_site.each_context(request), "opts": self.model._meta}

    @display(description=_("product"), ordering="product__title")
    def shown_title(self, schema: Schema) -> str:
        return schema.product.title

    @display(description=_("fields"))
    def field_count(self, schema: Schema) -> int:
        return len(schema.fields)


def _products(vendor: Vendor) -> QuerySet[Product]:
    rows = Product.objects.filter(vendor=vendor).exclude(kind=ProductKind.DIGITAL)
    return rows.exclude(state=ProductState.REMOVED)


def _forms(request: HttpRequest, schema: Schema | None) -> tuple[Any, Any]:
    if request.method == "POST":
        return TermsForm(request.POST), FieldsFormSet(request.POST, prefix="fields")
    if schema is None:
        return TermsForm(), FieldsFormSet(prefix="fields")
    terms = TermsForm(initial={"lead_days": schema.lead_days, "daily_capacity": schema.daily_capacity})
    return terms, FieldsFormSet(initial=[initial_of(row) for row in schema.fields], prefix="fields")


def _preview(request: HttpRequest, product: Product, wanted: dict[str, Any]) -> HttpResponse:
    checked = check_definition(**wanted)
    schema = Schema(product=product, version=0, **{**wanted, "fields": checked})
    firsts = {f"spec-{row['key']}": _first(row) for row in checked}
    form = SpecificationForm(firsts, schema=schema, by=request.user)
    asked = Asked(product, schema, variant_of(product, ""), form)
    context = {"asked": asked, "product": product, "preview": True}
    return render(request, "commerce/specifications/specify/page.html", context)


def _first(row: dict[str, Any]) -> str:
    """A value to begin with, so that the preview shows a price."""
    if row["kind"] == CHOICE:
        return row["choices"][0]["value"]
    return row["least"] if row["kind"] == MEASURE else ""
