"""Small REST resources for these tests: each POST makes one job run row; the phased one commits it before it goes on."""

from django.db import transaction
from django.urls import path
from rest_framework import serializers
from rest_framework.response import Response

from community.foundation import clock
from community.foundation.problems import Conflict, Unavailable
from community.foundation.rest import PUBLIC, Body, Endpoint
from community.idempotency.phases import claim_of
from community.jobs.models import Run


class RunBody(Body):
    name = serializers.CharField(max_length=20)
    refuse = serializers.BooleanField(default=False)


class Runs(Endpoint):
    access = {"POST": PUBLIC}

    def post(self, request):
        data = self.body(RunBody)
        run = Run.objects.create(name=data["name"], started_at=clock.now())
        if data["refuse"]:
            raise Conflict
        return Response({"id": str(run.pk), "name": run.name}, status=201)


class Payouts(Runs):
    access = {"POST": PUBLIC}
    requires_key = True


def provider() -> None:
    """What a phased request waits for between its transactions; tests put their own here."""


class Phased(Endpoint):
    """Keeps the claim in the row it makes, and looks for it first."""

    access = {"POST": PUBLIC}
    requires_key = phased = True

    def post(self, request):
        data = self.body(RunBody)
        with transaction.atomic():
            run, _made = Run.objects.get_or_create(
                name=f"{data['name']} {claim_of(request)}", defaults={"started_at": clock.now()}
            )
        provider()
        if data["refuse"]:
            raise Conflict
        return Response({"id": str(run.pk)}, status=201)


class Resting(Unavailable):
    """The provider is away for a moment."""


urlpatterns = [
    path("runs/", Runs.as_view()),
    path("payouts/", Payouts.as_view()),
    path("phased/", Phased.as_view()),
]
