"""The REST interface: each app's api.py, its schema, and a JSON 404 for everything else."""

from django.urls import path, re_path
from drf_spectacular.views import SpectacularAPIView
from rest_framework import exceptions
from rest_framework.request import Request
from rest_framework.response import Response

from community.foundation.rest import PUBLIC, Endpoint
from config.routes import wing_urls


class SchemaView(SpectacularAPIView):
    """The OpenAPI document, for everyone."""

    public = True
    access = {"GET": PUBLIC}


class Unrouted(Endpoint):
    """An address that is none of ours: 404 as JSON."""

    access = dict.fromkeys(("GET", "POST", "PUT", "PATCH", "DELETE"), PUBLIC)
    schema = None

    def get(self, request: Request, **kwargs: object) -> Response:
        raise exceptions.NotFound

    post = put = patch = delete = get


urlpatterns = [
    *wing_urls("api"),
    path("schema/", SchemaView.as_view(), name="api_schema"),
    re_path(r"^.*$", Unrouted.as_view()),
]
