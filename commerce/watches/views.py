"""Watching a product from its page, and the list of what one watches."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from commerce.catalog.choosing import show
from commerce.catalog.models import Product
from commerce.catalog.reading import find_product
from commerce.watches import reading, watching
from commerce.watches.models import Watch
from commerce.watches.panels import TEMPLATE, inputs
from community.foundation.access import signed_in
from community.foundation.problems import shown_on
from community.members.requests import MemberRequest


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def watch(request: MemberRequest, product_slug: str) -> HttpResponse:
    """The form by itself, and where the panel sends it; what does not fit comes back with what was entered."""
    product = find_product(product_slug, request.user)
    if request.method != "POST":
        return _answer(request, product, request.GET.get("variant", ""), page=True)
    front = request.POST.get("which") or request.POST.get("variant", "")
    shown = show(product, variant=front)
    context = {"shown": shown, "product": product, **inputs(shown, request, request.POST)}
    form = context["watch_form"]
    if form.is_valid():
        with shown_on(form):
            watching.put(by=request.user, product=product, variant_id=form.variant_id, wishes=form.wishes)
            return _done(request, product, front, _("You will be told."))
    template = TEMPLATE if request.htmx else "commerce/watches/watch/page.html"
    return render(request, template, {**context, "entered": True}, status=400)


@require_POST
@signed_in
def end(request: MemberRequest, watch_id: UUID) -> HttpResponse:
    """Watch it no more; again is no fault."""
    row = Watch.objects.visible_to(request.user).filter(pk=watch_id).select_related("product").first()
    watching.end(by=request.user, watch_id=watch_id)
    if row is not None and request.POST.get("from") == "product":
        return _done(request, row.product, str(row.variant_id or ""), _("You watch it no more."))
    messages.success(request, _("You watch it no more."))
    return redirect("commerce_watches:mine")


@require_POST
@signed_in
def end_asleep(request: MemberRequest) -> HttpResponse:
    watching.end_asleep(by=request.user)
    messages.success(request, _("You watch only what is on sale now."))
    return redirect("commerce_watches:mine")


@require_safe
@signed_in
def mine(request: MemberRequest) -> HttpResponse:
    """Everything that one watches, the latest first."""
    page = reading.page_of(request.user, cursor=request.GET.get("cursor"))
    return render(request, "commerce/watches/mine/page.html", {"page": page, "asleep": reading.asleep(request.user)})


def _done(request: MemberRequest, product: Product, front: str, words: str) -> HttpResponse:
    """The panel as it is now to htmx, else the product's page."""
    if request.htmx:
        return _answer(request, product, front, page=False, said=words)
    messages.success(request, words)
    return redirect(f"{product.get_absolute_url()}?variant={front}" if front else product.get_absolute_url())


def _answer(request: MemberRequest, product: Product, front: str, *, page: bool, said: str = "") -> HttpResponse:
    shown = show(product, variant=front)
    context = {"shown": shown, "product": product, "said": said, "entered": page, **inputs(shown, request)}
    return render(request, "commerce/watches/watch/page.html" if page else TEMPLATE, context)
