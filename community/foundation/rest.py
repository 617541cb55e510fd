"""Base of every REST resource under /api/v1/ (the contract: docs/guides/rest.md).

    class TopicList(Endpoint):
        access = {"GET": PUBLIC, "POST": scope("write")}
        filters = TopicFilters      # unknown query parameters are 400
        paged = True                # adds ?cursor= and ?page_size=

        @extend_schema(operation_id="topics_list", responses=page_of(TopicReply))
        def get(self, request): return self.page(Topic.objects.visible_to(self.viewer), order=("-id",), reply=TopicReply)

        @extend_schema(operation_id="topics_create", request=TopicBody, responses={201: TopicReply})
        def post(self, request): topic = publish_topic(by=request.user, **self.body(TopicBody)); ...

An endpoint without a declared access for one of its methods fails at import. POSTs honour Idempotency-Key by the app
`idempotency`, which fills `around_post`.
"""

import datetime as dt
import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, cast

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ImproperlyConfigured, RequestDataTooBig
from django.db import InterfaceError, OperationalError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from drf_standardized_errors.handler import ExceptionHandler
from rest_framework import exceptions, serializers, status
from rest_framework.parsers import JSONParser
from rest_framework.permissions import BasePermission
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from community.foundation import limits, paging
from community.foundation.characters import is_storable
from community.foundation.problems import Invalid, NotThere, Problem, Stale, TooLarge, Unavailable

HANDLERS = ("get", "post", "put", "patch", "delete")
TOKEN_LIMIT = 600


@dataclass(frozen=True)
class Access:
    """Who may call a method: anyone, or a known member whose token (if one is used) carries `scope`.

    What only a member decides (leaving, keys to the account, what they agree to) is `own_hands`: closed to the tokens
    of applications, which a member let do one thing and may shut out again. Where `others` are named, one of them will do.
    """

    scope: str | None = None
    others: tuple[str, ...] = ()
    public: bool = False
    allowed: Callable[[Any], bool] | None = None
    own_hands: bool = False


PUBLIC = Access(public=True)


def scope(name: str, allowed: Callable[[Any], bool] | None = None) -> Access:
    """Members; tokens need this scope: read, write, orders, vendor or operate. `allowed(member)` narrows further."""
    return Access(scope=name, allowed=allowed)


def any_scope(name: str, *others: str) -> Access:
    """Members; tokens need one of these scopes. Which rows each of them opens, the endpoint decides."""
    return Access(scope=name, others=others)


def own_hands(name: str) -> Access:
    """As `scope`, but by a log-in or a personal token, not by an application."""
    return Access(scope=name, own_hands=True)


OPERATE = scope("operate", lambda member: member.is_operator)


class InsufficientScope(exceptions.PermissionDenied):
    default_code = "insufficient_scope"
    default_detail = _("This token lacks the scope for that. Make one that has it on your settings page.")


class NotForApplications(exceptions.PermissionDenied):
    default_code = "not_for_applications"
    default_detail = _(
        "No application may do that for a member. Do it on your settings page, or with a token of your own."
    )


class DeclaredAccess(BasePermission):
    """Holds each method to the access its endpoint declares."""

    def has_permission(self, request: Request, view: Any) -> bool:
        access = view.access.get(request.method or "", PUBLIC)
        if access.public:
            return True
        if not request.user.is_authenticated:
            return False
        if access.scope and not any(has_scope(request, name) for name in (access.scope, *access.others)):
            raise InsufficientScope
        if access.own_hands and getattr(request.auth, "application_id", None) is not None:
            raise NotForApplications
        return access.allowed is None or access.allowed(request.user)


def has_scope(request: Request, name: str) -> bool:
    """Whether this request may do what scope `name` covers; log-in sessions may do all that their member may."""
    token = request.auth
    return token is None or not hasattr(token, "scope") or name in token.scope.split()


class JsonBody(JSONParser):
    """JSON whose every word can be stored and told back, nested no deeper than Python reads; all else is 400."""

    def parse(self, stream: Any, media_type: str | None = None, parser_context: Any = None) -> Any:
        try:
            parsed = super().parse(stream, media_type, parser_context)
        except RecursionError as error:
            raise exceptions.ParseError(_("This JSON is nested too deeply. Send it flatter.")) from error
        if not all(is_storable(word) for word in _words_in(parsed)):
            sentence = _("A text holds a NUL or half a surrogate pair, which no text may. Take it out.")
            raise exceptions.ParseError(sentence)
        return parsed


def _words_in(parsed: Any) -> Iterator[str]:
    """Every string of a parsed JSON document, names too."""
    waiting = [parsed]
    while waiting:
        each = waiting.pop()
        if isinstance(each, str):
            yield each
        elif isinstance(each, dict):
            yield from each
            waiting.extend(each.values())
        elif isinstance(each, list):
            waiting.extend(each)


class Body(serializers.Serializer):
    """A request body or filter set in which unknown fields are an error."""

    def to_internal_value(self, data: Any) -> Any:
        if isinstance(data, dict) or hasattr(data, "keys"):
            unknown = [name for name in data if name not in self.fields]
            if unknown:
                sentence = _("There is no such field. Check the name in the documentation.")
                raise serializers.ValidationError(
                    {str(name)[:100]: [exceptions.ErrorDetail(str(sentence), code="unknown_field")] for name in unknown}
                )
        return super().to_internal_value(data)


def page_of(reply: type[serializers.Serializer]) -> type[serializers.Serializer]:
    """The serializer of one page of `reply` objects, for the schema."""
    known = _pages.get(reply)
    if known is None:
        name = reply.__name__.removesuffix("Serializer").removesuffix("Reply")
        fields = {
            "next": serializers.CharField(allow_null=True),
            "previous": serializers.CharField(allow_null=True),
            "results": reply(many=True),
        }
        known = _pages[reply] = type(f"{name}Page", (serializers.Serializer,), fields)
    return known


_pages: dict[type, type[serializers.Serializer]] = {}
around_post: list[Callable[[Callable[..., Response]], Callable[..., Response]]] = []


class Endpoint(APIView):
    """One REST resource; see the module."""

    permission_classes = [DeclaredAccess]
    parser_classes = [JsonBody]
    access: ClassVar[dict[str, Access]] = {}
    filters: ClassVar[type[Body] | None] = None
    paged: ClassVar[bool] = False

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        for handler in HANDLERS:
            if handler in cls.__dict__ and handler.upper() not in cls.access:
                raise ImproperlyConfigured(f"{cls.__module__}.{cls.__name__} declares no access for {handler.upper()}")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:  # type: ignore[override]
        """Times are UTC here, read and written, whatever zone the member reads pages in."""
        with timezone.override(dt.UTC):
            return super().dispatch(request, *args, **kwargs)

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        if request.auth is not None and hasattr(request.auth, "token_checksum"):
            limits.spend(name="token", who=str(request.auth.pk), limit=TOKEN_LIMIT, seconds=60)
        if not all(is_storable(word) for word in kwargs.values() if isinstance(word, str)):
            raise NotThere
        self.query = self._query(request) if request.method == "GET" else {}
        if request.method == "POST":
            self._wrap_post()

    def _wrap_post(self) -> None:
        handler = getattr(self, "post")  # noqa: B009  (only endpoints with a POST come here)
        for wrapper in around_post:
            handler = wrapper(handler)
        setattr(self, "post", handler)  # noqa: B010

    def _query(self, request: Request) -> dict[str, Any]:
        given = request.query_params.dict()
        if self.paged:
            self.cursor = given.pop("cursor", None)
            self.page_size = _page_size(given.pop("page_size", None))
        checked = (self.filters or Body)(data=given)
        checked.is_valid(raise_exception=True)
        return checked.validated_data

    @property
    def viewer(self) -> Any:
        """The member by whose eyes rows are chosen. A token without `read` sees what a guest sees."""
        known = self.request.user.is_authenticated and has_scope(self.request, "read")
        return self.request.user if known else AnonymousUser()

    def body(self, serializer: type[serializers.Serializer]) -> dict[str, Any]:
        """The checked body. Raises ValidationError (400) with every fault by field."""
        checked = serializer(data=self.request.data, context={"request": self.request, "view": self})
        checked.is_valid(raise_exception=True)
        return checked.validated_data

    def page(
        self, rows: QuerySet[Any], *, order: Sequence[str], reply: type[serializers.Serializer], **context: Any
    ) -> Response:
        """One keyset page of `rows` as {"next", "previous", "results"}; next and previous are cursors."""
        page = paging.keyset(rows, order=order, cursor=self.cursor, size=self.page_size)
        return self.answer_page(page, reply, **context)

    def answer_page(self, page: Any, reply: type[serializers.Serializer], **context: Any) -> Response:
        context = {"request": self.request, "view": self, **context}
        results = reply(page.items, many=True, context=context).data
        return Response({"next": page.next, "previous": page.previous, "results": results})

    def reply(self, serializer: type[serializers.Serializer], row: Any, *, code: int = 200, **context: Any) -> Response:
        """One object."""
        context = {"request": self.request, "view": self, **context}
        return Response(serializer(row, context=context).data, status=code)


def _page_size(given: str | None) -> int:
    if given is None:
        return paging.PAGE_SIZE
    if not given.isascii() or not given.isdigit() or len(given) > 6 or not 1 <= int(given) <= paging.LARGEST:
        raise Invalid(_("page_size is a whole number from 1 to 100."), code="invalid_page_size", field="page_size")
    return int(given)


def gone() -> Response:
    """204, for DELETE."""
    return Response(status=status.HTTP_204_NO_CONTENT)


def etag(*parts: Any) -> str:
    """A strong entity tag of what identifies a version, e.g. etag(post.pk, post.version)."""
    return '"' + hashlib.sha256("|".join(map(str, parts)).encode()).hexdigest()[:24] + '"'


def check_etag(request: Request, current: str) -> None:
    """Hold an `If-Match` header to the current tag; no header is allowed.

    Raises Stale (412).
    """
    wanted = request.headers.get("If-Match")
    if wanted is not None and wanted.strip() != "*" and current not in [tag.strip() for tag in wanted.split(",")]:
        raise Stale


class ProblemError(exceptions.APIException):
    """A Problem on its way to the client."""

    def __init__(self, problem: Problem) -> None:
        self.status_code = problem.status
        super().__init__(cast(Any, problem.detail), problem.code)
        self.wait = getattr(problem, "retry_after", None)


class ProblemHandler(ExceptionHandler):
    """Answers Problems, and whatever Django raises, in the one error format."""

    def convert_known_exceptions(self, exc: Exception) -> Exception:
        if isinstance(exc, RequestDataTooBig):
            exc = TooLarge()
        if isinstance(exc, OperationalError | InterfaceError):
            exc = Unavailable()
        if isinstance(exc, Invalid):
            field = exc.field or "non_field_errors"
            return exceptions.ValidationError({field: [exceptions.ErrorDetail(str(exc.detail), code=exc.code)]})
        if isinstance(exc, Problem):
            return ProblemError(exc)
        return super().convert_known_exceptions(exc)

    def should_not_handle(self, exc: Exception) -> bool:
        return False
