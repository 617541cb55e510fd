"""What drf-spectacular cannot see by itself: paging and filter parameters, security by access, and the error replies."""

from typing import Any, Literal

from django.utils import translation
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers

from community.foundation.rest import PUBLIC, Endpoint


class ErrorItem(serializers.Serializer):
    code = serializers.CharField()
    detail = serializers.CharField()
    attr = serializers.CharField(allow_null=True)


class ErrorReply(serializers.Serializer):
    """Every error: the codes are fixed, the details follow Accept-Language."""

    type = serializers.ChoiceField(choices=["validation_error", "client_error", "server_error"])
    errors = ErrorItem(many=True)  # type: ignore[assignment]


_PAGING = [
    OpenApiParameter("cursor", str, description="Where the page begins, from `next` or `previous`."),
    OpenApiParameter("page_size", int, description="Objects a page, 1 to 100, 20 unless told."),
]


class Schema(AutoSchema):
    """Adds to each operation what every Endpoint does."""

    def get_override_parameters(self) -> list[Any]:
        added: list[Any] = []
        if isinstance(self.view, Endpoint) and self.method == "GET":
            added += _PAGING if self.view.paged else []
            added += [self.view.filters] if self.view.filters else []
        if self.method == "POST":
            added.append(
                OpenApiParameter(
                    "Idempotency-Key",
                    str,
                    OpenApiParameter.HEADER,
                    description="Same key and body: the first reply again.",
                )
            )
        return added

    def get_auth(self) -> list[dict[str, Any]]:
        access = getattr(self.view, "access", {}).get(self.method, PUBLIC)
        scopes = [{"bearer": [name]} for name in (access.scope, *access.others)] if access.scope else [{"bearer": []}]
        needed = [*scopes, {"session": []}, {"appSession": []}]
        return [*needed, {}] if access.public else needed

    def _get_response_bodies(self, direction: Literal["request", "response"] = "response") -> dict[str, Any]:
        bodies = super()._get_response_bodies(direction=direction)
        access = getattr(self.view, "access", {}).get(self.method, PUBLIC)
        codes = {"400", "429", "404" if "{" in self.path else "400"}
        codes |= set() if access.public else {"401", "403"}
        codes |= {"409", "413", "415"} if self.method in {"POST", "PUT", "PATCH"} else set()
        codes |= {"422"} if self.method == "POST" else set()
        codes |= {"412"} if self.method in {"PATCH", "PUT"} else set()
        for code in sorted(codes - set(bodies)):
            bodies[code] = self._get_response_for_code(ErrorReply, code, direction=direction)
        return bodies


class Generator(SchemaGenerator):
    """Writes the document in English whatever language is active, so that it is the same wherever it is written."""

    def get_schema(self, *args: Any, **kwargs: Any) -> Any:
        with translation.override("en"):
            return super().get_schema(*args, **kwargs)
