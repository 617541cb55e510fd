"""The leak matrix (1.11): no actor finds a secret by any route, feed, search, letter, count or order."""

import difflib
import re
from urllib.parse import quote

import pytest
from django.apps import apps
from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from django.test import Client

from community.boards import extras, listing
from community.reviews import ordering
from community.subjects import finding
from tests.leak.letters import letters_to
from tests.leak.routes import Route, routes
from tests.leak.world import ACTORS, BAIT, World, planters

pytestmark = pytest.mark.django_db
ORDERS = sorted({*listing.OWN_ORDERS, *extras.orders(), *ordering.ORDERS, *finding.ORDERS})
LISTS = {"/topics/", "/api/v1/topics/", "/subjects/", "/api/v1/subjects/"}
ABOUT_THE_MACHINE = {"/metrics", "/health/", "/csrf/"}
# What differs between two answers to the same question: tokens, request ids, nonces, times.
FLEETING = re.compile(
    r"[0-9a-f]{8}-[0-9a-f-]{27}|value=\"[A-Za-z0-9]{64}\"|<time [^>]*>[^<]*|\d\d:\d\d(:\d\d)?(\.\d+)?|[0-9a-f]{32,}"
    r"|\d+\.\d+ = \(|÷ \(\d+\.\d"  # how hot a topic is by now, and for how many hours: points and people stay
)


def client_of(actor) -> Client:
    client = Client()
    if actor is not None:
        client.force_login(actor, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def read(client: Client, path: str) -> str:
    reply = client.get(path)
    body = b"".join(reply.streaming_content) if reply.streaming else reply.content
    headers = " ".join(f"{name}: {value}" for name, value in reply.headers.items() if name != "Set-Cookie")
    return f"{reply.status_code} {headers} {body.decode(errors='replace')}"


@pytest.fixture
def world() -> World:
    world = World()
    for plant in planters("plant_public"):
        plant(world)
    return world


def plant_secrets(world: World) -> None:
    for plant in planters("plant"):
        plant(world)
    cache.clear()


def asked(world: World):
    """(path, the same path for something that is not there) of every route."""
    for route in routes():
        if not set(route.parameters) <= set(world.parameters):
            continue  # test_the_matrix_knows_every_route_parameter tells
        for filling in route.fillings(world.parameters):
            path = route.fill(filling)
            yield path, route.fill(world.stranger_to(filling)) if filling else None
            if not filling:
                yield f"{path}?q={BAIT}", None


def ordered(client: Client, paths: list[str]):
    """The lists among `paths` that can be ordered, in each order there is: one that there is not is refused (400)."""
    for path in paths:
        if client.get(f"{path}?order=-password").status_code == 400:
            yield from (f"{path}?order={name}" for name in ORDERS)


def test_the_matrix_knows_every_route_parameter(world) -> None:
    plant_secrets(world)
    unknown = sorted({name for route in routes() for name in route.parameters} - set(world.parameters))
    assert unknown == [], "tell the matrix by world.route(...) in the app's canaries.py"


def test_every_kind_of_private_row_is_planted(world) -> None:
    plant_secrets(world)
    open_to_all = []
    for model in apps.get_models():
        manager = model._default_manager
        if not hasattr(manager, "visible_to") or model._meta.label in world.public_models:
            continue
        hidden = model._base_manager.count() - manager.visible_to(world.actors["member"]).count()
        if hidden <= 0:
            open_to_all.append(model._meta.label)
    assert open_to_all == [], "plant a row of it in the app's canaries.py, or declare it world.always_public(...)"


@pytest.mark.parametrize("name", ACTORS)
def test_an_actor_finds_only_the_secrets_meant_for_it(world, name: str) -> None:
    plant_secrets(world)
    actor, client = world.actors[name], client_of(world.actors[name])
    texts = [(path, read(client, path)) for path, _ in asked(world)]
    texts += [("by another way", text) for collector in world.collectors for text in collector(actor)]
    found = sorted(
        {
            f"{secret.label} at {path}"
            for secret in world.secrets
            if name not in secret.seen_by
            for path, text in texts
            if secret.word in text
        }
    )
    assert found == []


def test_the_operator_finds_every_secret(world) -> None:
    """The matrix can fail: what it hides is really there."""
    plant_secrets(world)
    client = client_of(world.actors["operator"])
    everything = " ".join(read(client, path) for path, _ in asked(world))
    everything += " ".join(text for collector in world.collectors for text in collector(world.actors["operator"]))
    assert [s.label for s in world.secrets if "operator" in s.seen_by and s.word not in everything] == []


@pytest.mark.parametrize("name", [name for name in ACTORS if name not in {"operator"}])
def test_counts_and_orders_say_nothing_of_what_is_hidden(world, name: str) -> None:
    """Whatever could be read before the secrets were planted reads the same after, in each of its orders."""
    client = client_of(world.actors[name])
    known = {name: list(values) for name, values in world.parameters.items()}
    paths = [
        route.fill(filling)
        for route in routes()
        if set(route.parameters) <= set(known) and route.template not in ABOUT_THE_MACHINE
        for filling in route.fillings(known)
    ]
    in_order = list(ordered(client, paths))
    assert {path for path, _, _ in (each.partition("?") for each in in_order)} >= LISTS
    before = {path: _steady(read(client, path)) for path in [*paths, *in_order]}
    plant_secrets(world)
    shared = {s.label for s in world.secrets if name in s.seen_by}
    changed = [] if shared else [path for path in before if _steady(read(client, path)) != before[path]]
    assert changed == [], "\n".join(changed)


def test_letters_and_notices_do_tell_who_may_see(world) -> None:
    """The letters of the matrix are not empty: the author's tell of the private board, the neighbours' do not."""
    plant_secrets(world)
    [word] = [secret.word for secret in world.secrets if secret.label == "private topic title"]
    assert word in " ".join(letters_to(world.author))
    assert word in " ".join(letters_to(world.actors["operator"]))
    letters = letters_to(world.actors["member"])
    assert word not in " ".join(letters)
    assert "Open to all" in " ".join(letters)


@pytest.mark.parametrize("name", ["guest", "member"])
def test_hidden_reads_like_absent(world, name: str) -> None:
    """Same status and body for what is hidden and what never was."""
    plant_secrets(world)
    client = client_of(world.actors[name])
    different = {}
    for path, absent in asked(world):
        if absent is None:
            continue
        here, there = client.get(path), client.get(absent)
        if here.status_code == 404:
            different[path] = _difference(_told(here, path), _told(there, absent))
    assert {path: lines for path, lines in different.items() if lines} == {}


def _told(reply, path: str) -> str:
    return f"{reply.status_code} {_steady(reply.content.decode(errors='replace'), path)}"


def _difference(here: str, there: str) -> list[str]:
    """The lines that only one of two texts has, line ends included; none only if the texts are the same."""
    lines = difflib.unified_diff(here.splitlines(keepends=True), there.splitlines(keepends=True), n=0)
    return [line for line in lines if line[0] in "+-"]


def _steady(text: str, path: str = "\0") -> str:
    return FLEETING.sub("…", text.replace(path, "…").replace(quote(path), "…"))


def test_a_visible_row_is_not_hidden_by_mistake(world) -> None:
    """Guests do see what is public: the matrix does not pass because all is closed."""
    assert AnonymousUser().is_authenticated is False
    assert Route("/a/<uuid:topic_id>/").parameters == ["topic_id"]
    assert any(client_of(None).get(route.template).status_code == 200 for route in routes() if not route.parameters)
