"""What the apps above add to topics and posts without boards knowing them: polls, idea status, complaint clocks,
reactions, unread marks, drafts.

An app registers one `TopicExtra` in `AppConfig.ready`. Every hook takes all rows of a page at once, so that a page
costs a constant number of queries; hooks that are left out cost nothing.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import Exists
from django.forms import Field as FormField
from rest_framework.serializers import Field as SerializerField

from community.foundation.problems import Invalid

Rows = dict[UUID, dict[str, Any]]


def _nothing(*args: Any, **kwargs: Any) -> None:
    return None


def _no_rows(rows: Iterable[Any], member: Any) -> Rows:
    return {}


def _as_given(data: Any, *, board: Any, by: Any) -> Any:
    return data


@dataclass(frozen=True)
class TopicExtra:
    """One app's part in topics.

    name            the key in REST and in templates, also the prefix of its form fields (`poll` → `poll-choices`)
    board_kinds     the kinds of board it belongs to; empty for all
    in_fields       True: its REST values stand inside `fields`; False: at the top level under `name`
    form_fields     extra fields of the page's composer for a new topic: () -> {field name: django.forms.Field}
    form_template   the fragment that shows them (`form`, `fields`, `board`); None for the kit's default
    input_field     the REST field that takes its input (of `fields.<each>` for in_fields: {name: serializer field})
    clean           (data, board=, by=) -> clean data, or None for nothing; raises Invalid with field
    on_publish      (topic=, by=, data=): in the transaction of publish_topic, also with data None
    on_change       (topic=, by=, data=): in the transaction of a PATCH that carries its fields
    on_post         (post=, by=): in the transaction of every published post, the opening one included
    on_move         (topic=, by=, board=): before a topic changes its board; raises Conflict to forbid it
    panel           (topic, member) -> (template, context) or None: shown under the opening post
    side            the same for the side panel
    panel_if        whether a topic (OuterRef("pk")) can have a panel at all, asked along with it: spares most topics a query
    post_extras     (posts, member) -> {post id: context} for `post_template`, shown at the foot of each post
    style           the style sheet that its templates need, on pages of boards and topics
    topic_extras    (topics, member) -> {topic id: context} for `row_template`, shown in list rows
    post_values     (posts, member) -> {post id: value}: the REST value under `name`, described by `post_field`
    topic_values    (topics, member) -> {topic id: value}: the REST value, described by `topic_field`
                    (for in_fields a dict, described by `topic_fields`: {name: serializer field})
    """

    name: str
    board_kinds: frozenset[str] = frozenset()
    in_fields: bool = False
    form_fields: Callable[[], Mapping[str, FormField]] | None = None
    form_template: str | None = None
    input_field: SerializerField | None = None
    input_fields: Mapping[str, SerializerField] = field(default_factory=dict)
    clean: Callable[..., Any] = _as_given
    on_publish: Callable[..., None] = _nothing
    on_change: Callable[..., None] | None = None
    on_post: Callable[..., None] = _nothing
    on_move: Callable[..., None] = _nothing
    panel: Callable[[Any, Any], tuple[str, dict[str, Any]] | None] = _nothing
    side: Callable[[Any, Any], tuple[str, dict[str, Any]] | None] = _nothing
    panel_if: Exists | None = None
    post_extras: Callable[[Iterable[Any], Any], Rows] = _no_rows
    post_template: str | None = None
    style: str | None = None
    topic_extras: Callable[[Iterable[Any], Any], Rows] = _no_rows
    row_template: str | None = None
    post_values: Callable[[Iterable[Any], Any], dict[UUID, Any]] | None = None
    post_field: SerializerField | None = None
    topic_values: Callable[[Iterable[Any], Any], dict[UUID, Any]] | None = None
    topic_field: SerializerField | None = None
    topic_fields: Mapping[str, SerializerField] = field(default_factory=dict)

    def suits(self, kind: str) -> bool:
        return not self.board_kinds or kind in self.board_kinds


@dataclass(frozen=True)
class Order:
    """A further order of topic lists, like `unread`: `rows(topics, member)` narrows them, `by` is the keyset."""

    name: str
    title: Any
    rows: Callable[[Any, Any], Any]
    by: tuple[str, ...]
    for_guests: bool = False


_extras: dict[str, TopicExtra] = {}
_orders: dict[str, Order] = {}


def register(extra: TopicExtra) -> None:
    """Make an extra known. Two of one name are a mistake of the programmer."""
    if extra.name in _extras and _extras[extra.name] != extra:
        raise ValueError(f"two extras are called {extra.name!r}")
    _extras[extra.name] = extra


def register_order(order: Order) -> None:
    """Make a further order of topic lists known."""
    _orders[order.name] = order


def styles() -> list[str]:
    """The style sheets of all extras."""
    return [extra.style for extra in _extras.values() if extra.style]


def every() -> list[TopicExtra]:
    return list(_extras.values())


def orders() -> dict[str, Order]:
    return dict(_orders)


def of_kind(kind: str) -> list[TopicExtra]:
    """The extras of boards of this kind."""
    return [extra for extra in _extras.values() if extra.suits(kind)]


def cleaned(*, board: Any, by: Any, data: Mapping[str, Any], only_given: bool = False) -> dict[str, Any]:
    """The input of each extra that suits the board, by name, cleaned by it; `only_given` leaves out those not named.

    `data` maps names of extras to what was entered for them. Raises Invalid for a name that does not suit the board.
    """
    suiting = {extra.name: extra for extra in of_kind(board.kind)}
    for name, entered in data.items():
        if entered and name not in suiting:
            raise Invalid(code="unknown_field", field=name)
    asked = [name for name in suiting if name in data] if only_given else list(suiting)
    return {name: suiting[name].clean(data.get(name) or None, board=board, by=by) for name in asked}


def changed(name: str, *, topic: Any, by: Any, data: Any) -> None:
    """Let an extra take a change of its part. Raises Invalid if it takes none."""
    hook = _extras[name].on_change
    if hook is None:
        raise Invalid(code="unknown_field", field=name)
    hook(topic=topic, by=by, data=data)


def published(*, topic: Any, by: Any, data: Mapping[str, Any]) -> None:
    """Let every suiting extra do its part in the transaction of a new topic."""
    for extra in of_kind(topic.board.kind):
        extra.on_publish(topic=topic, by=by, data=data.get(extra.name))


def posted(*, post: Any, by: Any) -> None:
    """Let every extra do its part in the transaction of a new post."""
    for extra in _extras.values():
        extra.on_post(post=post, by=by)


def moving(*, topic: Any, by: Any, board: Any) -> None:
    """Ask every extra before a topic changes its board."""
    for extra in of_kind(topic.board.kind):
        extra.on_move(topic=topic, by=by, board=board)


def panels(topic: Any, member: Any, *, place: str = "panel") -> list[tuple[str, dict[str, Any]]]:
    """The (template, context) of each extra that has something to show for this topic."""
    asked = [extra for extra in of_kind(topic.board.kind) if getattr(topic, _may_have(extra), True)]
    shown = (getattr(extra, place)(topic, member) for extra in asked)
    return [panel for panel in shown if panel is not None]


def with_panels(topics: Any) -> Any:
    """Annotate each topic with which extras may have a panel for it, for `panels`."""
    return topics.annotate(**{_may_have(extra): extra.panel_if for extra in _extras.values() if extra.panel_if})


def _may_have(extra: TopicExtra) -> str:
    return f"may_have_{extra.name}"


def post_parts(posts: list[Any], member: Any) -> dict[UUID, list[tuple[str, dict[str, Any]]]]:
    """For each post of a page, the (template, context) of each extra; a constant number of queries."""
    return _parts(posts, member, hook="post_extras", template="post_template")


def row_parts(topics: list[Any], member: Any) -> dict[UUID, list[tuple[str, dict[str, Any]]]]:
    """For each topic of a list, the (template, context) of each extra; a constant number of queries."""
    return _parts(topics, member, hook="topic_extras", template="row_template")


def _parts(rows: list[Any], member: Any, *, hook: str, template: str) -> dict[UUID, list[tuple[str, dict[str, Any]]]]:
    parts: dict[UUID, list[tuple[str, dict[str, Any]]]] = {row.pk: [] for row in rows}
    if not rows:
        return parts
    for extra in _extras.values():
        name = getattr(extra, template)
        if name is None:
            continue
        for pk, context in getattr(extra, hook)(rows, member).items():
            parts[pk].append((name, context))
    return parts


def looks_of(parts: Iterable[tuple[str, dict[str, Any]]]) -> tuple[Any, ...] | None:
    """A key of `{% drawn %}` for these parts: `looks` of each context is all that its template shows. None if one of
    them has no `looks`."""
    looks = tuple((template, context.get("looks")) for template, context in parts)
    return None if any(shown is None for _template, shown in looks) else (looks,)


def values(rows: list[Any], member: Any, *, of: str) -> dict[str, dict[UUID, Any]]:
    """The REST values of each extra by name, then by row id. `of` is "topic" or "post"."""
    hooks = {extra.name: getattr(extra, f"{of}_values") for extra in _extras.values()}
    return {name: hook(rows, member) if rows else {} for name, hook in hooks.items() if hook is not None}
