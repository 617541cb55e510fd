"""Specifying on a product's page, and the member's own list of what was specified."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from commerce.catalog.reading import find_product
from commerce.specifications import asking, remembering
from commerce.specifications.fitting import fit_all
from commerce.specifications.forms import NameForm, SpecificationForm
from commerce.specifications.models import Specification
from commerce.specifications.reading import current_schema
from community.foundation import paging
from community.foundation.access import everyone, signed_in
from community.foundation.problems import NotThere, shown_on
from community.members.requests import MemberRequest
from community.members.settings_views import settings_page


@require_safe
@everyone
def specify(request: HttpRequest, product_slug: str) -> HttpResponse:
    """The form with its price; to htmx the price alone."""
    product = find_product(product_slug, request.user)
    variant = asking.variant_of(product, request.GET.get("variant", ""))
    found = asking.asked(product, variant, request.GET, request.user)
    if found is None:
        raise NotThere
    part = "_price" if request.htmx else "page"  # type: ignore[attr-defined]
    context = {"asked": found, "product": product, "name_form": NameForm()}
    return render(request, f"commerce/specifications/specify/{part}.html", context)


@require_POST
@signed_in
def keep(request: MemberRequest, product_slug: str) -> HttpResponse:
    """Remember what was entered; where it does not fit, the form comes back."""
    product = find_product(product_slug, request.user)
    variant = asking.variant_of(product, request.POST.get("variant", ""))
    found, name_form = asking.asked(product, variant, request.POST, request.user), NameForm(request.POST)
    if found is None:
        raise NotThere
    if found.complete and name_form.is_valid():
        with shown_on(found.form):
            name = name_form.cleaned_data["name"]
            row = remembering.remember(request.user, found.schema, found.form.checked.values, name=name)
            messages.success(request, _("Remembered. It is offered to you whenever you come back."))
            return redirect(f"{product.get_absolute_url()}?specification={row.pk}")
    context = {"asked": found, "product": product, "name_form": name_form}
    return render(request, "commerce/specifications/specify/page.html", context, status=400)


@require_safe
@signed_in
def mine(request: MemberRequest) -> HttpResponse:
    """Everything that the member specified, latest first, as it stands today."""
    rows = Specification.objects.visible_to(request.user).select_related("schema", "product__vendor")
    page = paging.keyset(rows, order=("-used_at",), cursor=request.GET.get("cursor"))
    context = {"page": page, "rows": fit_all(page.items, by=request.user)}
    return settings_page(request, "commerce/specifications/mine/page.html", "specifications", context)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def edit(request: MemberRequest, specification_id: UUID) -> HttpResponse:
    rows = Specification.objects.visible_to(request.user).select_related("schema", "product__vendor")
    row = rows.filter(pk=specification_id).first()
    schema = current_schema(row.product) if row else None
    if row is None or schema is None:
        raise NotThere
    [fitted] = fit_all([row], by=request.user)
    data = request.POST if request.method == "POST" else None
    form = SpecificationForm(data, schema=schema, by=request.user, initial=fitted.checked.values)
    name_form = NameForm(data, initial={"name": row.name})
    if data is not None and form.is_valid() and name_form.is_valid():
        with shown_on(form):
            name = name_form.cleaned_data["name"]
            remembering.change(by=request.user, specification_id=row.pk, name=name, values=form.checked.values)
            messages.success(request, _("Changed."))
            return redirect("commerce_specifications:mine")
    context = {"form": form, "name_form": name_form, "fitted": fitted}
    return settings_page(request, "commerce/specifications/edit/page.html", "specifications", context)


@require_POST
@signed_in
def delete(request: MemberRequest, specification_id: UUID) -> HttpResponse:
    remembering.forget(by=request.user, specification_id=specification_id)
    messages.success(request, _("Deleted."))
    return redirect("commerce_specifications:mine")
