"""The receipt of a purchase: a page to read and print, and a PDF to keep."""

from importlib import import_module

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from commerce.orders import reading, receipts
from commerce.orders.models import Purchase
from community.foundation.access import signed_in
from community.foundation.problems import NotThere
from community.members.requests import MemberRequest


@require_GET
@signed_in
def receipt(request: MemberRequest, purchase_number: str) -> HttpResponse:
    purchase = _paid(request, purchase_number)
    found = receipts.receipt_of(purchase)
    context = {"purchase": purchase, "receipt": found, "sums": receipts.sums(found)}
    return render(request, "commerce/orders/receipt/page.html", context)


@require_GET
@signed_in
def receipt_pdf(request: MemberRequest, purchase_number: str) -> HttpResponse:
    purchase = _paid(request, purchase_number)
    pdfs = import_module("commerce.orders.receipt_pdfs")  # its library weighs much, and few processes ever draw
    answer = HttpResponse(pdfs.written(receipts.receipt_of(purchase)), content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="receipt-{purchase.number}.pdf"'
    return answer


def _paid(request: MemberRequest, number: str) -> Purchase:
    """A purchase that has a receipt. Raises NotThere for one that was never paid."""
    purchase = reading.find_purchase(number, request.user)
    if purchase.paid_at is None:
        raise NotThere
    return purchase
