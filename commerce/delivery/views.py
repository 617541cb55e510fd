"""The member's address book."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from commerce.delivery import addressing
from commerce.delivery.forms import AddressForm
from community.foundation.access import signed_in
from community.members.requests import MemberRequest
from community.members.settings_views import settings_page


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def addresses(request: MemberRequest) -> HttpResponse:
    """Where the member had something sent, and one more."""
    form = AddressForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        addressing.remember(request.user, form.cleaned_data)
        messages.success(request, _("Remembered. It is offered to you at checkout."))
        return redirect("commerce_delivery:addresses")
    context = {"form": form, "addresses": addressing.addresses_of(request.user)}
    status = 400 if form.errors else 200
    return settings_page(request, "commerce/delivery/addresses/page.html", "addresses", context, status=status)


@require_POST
@signed_in
def forget(request: MemberRequest, address_id: UUID) -> HttpResponse:
    addressing.forget(by=request.user, address_id=address_id)
    messages.success(request, _("Deleted. What you bought keeps its address."))
    return redirect("commerce_delivery:addresses")
