"""No view without an access policy; an endpoint names one for each method."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpResponse
from django.urls import path

from community.foundation.access import everyone
from community.foundation.rest import PUBLIC, Endpoint
from config.routes import require_policies


def test_a_view_without_a_policy_stops_the_start() -> None:
    with pytest.raises(ImproperlyConfigured, match="declares no access policy"):
        require_policies([path("bare/", lambda request: HttpResponse())], "community.example")


def test_a_view_with_a_policy_passes() -> None:
    require_policies([path("open/", everyone(lambda request: HttpResponse()))], "community.example")


def test_an_endpoint_method_without_access_fails_at_import() -> None:
    with pytest.raises(ImproperlyConfigured, match="no access for POST"):

        class Careless(Endpoint):
            access = {"GET": PUBLIC}

            def get(self, request): ...

            def post(self, request): ...
