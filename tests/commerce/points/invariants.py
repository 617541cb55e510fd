"""Pending points are the earnings that wait (part of the ledger's audit); nothing more was taken back than earned."""

from django.db.models import F

from commerce.points.models import Earning


def violations() -> list[str]:
    beyond = Earning.objects.filter(taken_back__gt=F("points"))
    return [f"{earning.pk} lost {earning.taken_back} of {earning.points}" for earning in beyond]
