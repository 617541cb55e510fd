"""A small REST resource for these tests: each POST makes one job run row."""

from django.urls import path
from rest_framework import serializers
from rest_framework.response import Response

from community.foundation import clock
from community.foundation.problems import Conflict
from community.foundation.rest import PUBLIC, Body, Endpoint
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


urlpatterns = [path("runs/", Runs.as_view()), path("payouts/", Payouts.as_view())]
