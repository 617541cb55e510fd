"""What members said and wait to hear of: the vendor's duties that this app knows, and its chart of ratings."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db.models import Avg, Count
from django.db.models.functions import TruncDate
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from commerce.vendors import hearing
from commerce.vendors.duties import Chart, Duty
from commerce.vendors.models import Vendor, VendorState
from community.foundation import clock

SOON = dt.timedelta(hours=8)
DAYS = 30


def talk(vendor: Vendor, member: Any) -> Iterable[Duty]:
    """Complaints with their clocks, then reviews, questions and ideas without an answer."""
    moment = clock.now()
    complaints, address = hearing.waiting_complaints(vendor, member), _page("community_complaints_complaint")
    late = complaints.filter(due_at__lt=moment).count()
    soon = complaints.filter(due_at__gte=moment, due_at__lt=moment + SOON).count()
    later = complaints.filter(due_at__gte=moment + SOON).count()
    yield Duty(late, _("complaints are past their clock"), address, urgent=True)
    yield Duty(soon, _("complaints must be answered within eight hours"), address, urgent=True)
    yield Duty(later, _("complaints wait for an answer"), address)
    reviews = hearing.reviews(vendor, member).filter(replied=False).count()
    yield Duty(reviews, _("reviews wait for an answer"), f"{_page('community_reviews_review')}?replied=no")
    questions = hearing.questions(vendor, member).filter(replied=False, answer=None).count()
    yield Duty(questions, _("questions wait for an answer"), f"{_page('community_boards_topic')}?replied=no")
    ideas = hearing.waiting_ideas(vendor, member).count()
    yield Duty(ideas, _("ideas wait for an answer"), f"{_page('community_ideas_idea')}?status__exact=open")


def papers(vendor: Vendor, member: Any) -> Iterable[Duty]:
    """Trader data that the law asks for and that are missing; an application that was refused."""
    page = reverse("desk:commerce_vendors_vendor_change", args=[vendor.pk])
    missing = not (vendor.legal_name and vendor.business_number and vendor.address and vendor.phone)
    yield Duty(int(missing), _("page lacks trader data that the law asks for"), page, urgent=True)
    refused = int(vendor.state == VendorState.REFUSED)
    again = reverse("commerce_vendors:apply_again", args=[vendor.slug])
    yield Duty(refused, _("application was refused: correct it and apply again"), again, urgent=True)


def ratings(vendor: Vendor, member: Any) -> Iterable[Chart]:
    """Reviews and their mean by day, of the last 30 days."""
    today = clock.today()
    days = [today - dt.timedelta(days=number) for number in reversed(range(DAYS))]
    since = dt.datetime.combine(days[0], dt.time(), tzinfo=dt.UTC)
    rows = hearing.reviews(vendor, member).filter(published_at__gte=since).order_by()
    found = {
        row["day"]: (row["number"], round(float(row["mean"]), 2))
        for row in rows.annotate(day=TruncDate("published_at", tzinfo=dt.UTC))
        .values("day")
        .annotate(number=Count("pk", distinct=True), mean=Avg("rating"))
    }
    table = [(day, *found.get(day, (0, ""))) for day in days]
    yield Chart("ratings", _("Reviews of what you answer for"), (_("Day"), _("Reviews"), _("Mean rating")), table)


def _page(model: str) -> str:
    return reverse(f"desk:{model}_changelist")
