"""Hidden reads like absent (abuse_cases.md 5): same status, same body, same number and shape of queries."""

import re
import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.abuse.kit import API, rest, undone
from tests.factories.boards import a_post
from tests.factories.members import logged_in
from tests.leak.routes import routes
from tests.leak.test_leaks import plant_secrets, world  # noqa: F401  (the fixture)
from tests.leak.world import World
from tests.rest.calls import all_calls
from tests.rest.schema import operations

pytestmark = pytest.mark.django_db
VALUE = re.compile(r"'[^']*'(::\w+)?|\b\d+(\.\d+)?\b|\[[^\]]*\]|[0-9a-f]{8}-[0-9a-f-]{27}|\"s\d+_x\d+\"")


def hidden_from_members(planted: World) -> dict[str, str]:
    """What fills the parameters of an address with something that is there and hidden from an ordinary member."""
    topic = planted.private_topic
    return {
        "topic_id": str(topic.pk),
        "post_id": str(a_post(topic, by=planted.author).pk),
        "board_slug": planted.private_board.slug,
        "subject_slug": planted.hidden_subject.slug,
        "tag_slug": "a-private-tag",
        "username": "left-us",
        **{
            name: planted.parameters[name][-1]
            for name in ("upload_id", "review_id", "case_id", "notice_id", "draft_id")
        },
        **{
            name: planted.parameters[name][-1]
            for name in ("decision_id", "sanction_id", "appeal_id", "export_id", "slug")
        },
    }


def shape(ask, path: str) -> tuple[int, str, list[str]]:
    """Status, body and queries of a reply, without what was asked for."""
    with CaptureQueriesContext(connection) as asked:
        reply = ask(path)
    body = reply.content.decode(errors="replace").replace(path, "…")
    return reply.status_code, _steady(body), [VALUE.sub("?", query["sql"]) for query in asked.captured_queries]


def _steady(body: str) -> str:
    return re.sub(r'value="[A-Za-z0-9]{64}"|[0-9a-f]{32,}|[0-9a-f]{8}-[0-9a-f-]{27}', "…", body)


def nothing_like(value: str) -> str:
    try:
        uuid.UUID(value)
    except ValueError:
        return "x" * len(value)
    return str(uuid.uuid4())


def differences(asks, hidden: dict[str, str]) -> list[str]:
    """The names of the (name, ask, template) for which a hidden thing is answered otherwise than an absent one."""
    found = []
    for name, ask, template, parameters in asks:
        path = template.format(**{key: hidden.get(key, "like") for key in parameters})
        absent = template.format(**{key: nothing_like(hidden[key]) if key in hidden else "like" for key in parameters})
        for _time in range(4):  # the session and the site's row are read anew every few seconds; a tell shows each time
            here, there = (undone(lambda at=at: shape(ask, at)) for at in (path, absent))  # noqa: B023  (called at once)
            if here == there:
                break
        else:
            found.append(
                f"{name}: {here[0]} and {there[0]}, {len(here[2])} and {len(there[2])} queries {_first(here, there)}"
            )
    return found


def _first(here, there) -> str:
    pairs = zip(here[2] + [""], there[2] + [""], strict=False)
    return next((f"{one[:300]} | {other[:300]}" for one, other in pairs if one != other), "")


def test_05_no_rest_operation_tells_hidden_from_absent_by_status_body_or_queries(world):  # noqa: F811
    plant_secrets(world)
    hidden = hidden_from_members(world)
    client, asks = rest(world.actors["member"]), []
    for operation_id, (path, method, _operation) in operations().items():
        parameters = re.findall(r"{(\w+)}", path)
        if not set(parameters) & set(hidden) or not set(parameters) <= {*hidden, "kind"}:
            continue
        body = undone(all_calls()[operation_id]).body
        asks.append((operation_id, lambda at, m=method, b=body: getattr(client, m)(at, b), path, parameters))
    assert len(asks) > 40
    found = differences(asks, hidden)
    assert found == [], "\n".join(found)
    assert all(path.startswith(API) for _name, _ask, path, _parameters in asks)


def test_05_no_page_tells_hidden_from_absent_by_status_body_or_queries(world):  # noqa: F811
    plant_secrets(world)
    hidden = hidden_from_members(world)
    browser, asks = logged_in(world.actors["member"]), []
    for route in routes():
        if (
            not route.template.startswith("/api/")
            and set(route.parameters) & set(hidden)
            and set(route.parameters) <= set(hidden)
        ):
            template = re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", route.template)
            asks.append((f"GET {template}", browser.get, template, route.parameters))
            asks.append((f"POST {template}", lambda at: browser.post(at, {}), template, route.parameters))
    assert len(asks) > 60
    found = differences(asks, hidden)
    assert found == [], "\n".join(found)
