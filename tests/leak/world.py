"""The world of the leak matrix: actors, and secrets that only some of them may see.

Each app plants its own in tests/<wing>/<app>/canaries.py, called in the order of the apps:

    def plant_public(world): ...    # rows that everyone may see, so that lists are not empty (optional)

    def plant(world):               # one private row of each kind that anyone may be refused
        topic = a_topic(board=world.private_board, title=world.secret("topic title"))
        world.route(topic_id=topic.pk)
        world.collect(lambda actor: [...texts that reached this actor by another way: letters, files...])

A secret's text is "<BAIT> canary<n>": the matrix asks every route, also with ?q=<BAIT>, and looks for canary<n>.
`world.route` teaches the matrix what to put where a path has a parameter. A row that nobody is ever refused is declared
by `world.always_public(Model)`. Things planted earlier are attributes: world.private_board, world.author, ...
"""

import itertools
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model

BAIT = "hush7k"
ACTORS = (
    "guest",
    "new_member",
    "member",
    "ignored_member",
    "moderator_of_another_board",
    "vendor_staff",
    "other_vendor_staff",
    "operator",
)


@dataclass(frozen=True)
class Secret:
    word: str
    label: str
    seen_by: frozenset[str]


class World:
    """Actors, secrets and what fills the routes' parameters."""

    def __init__(self) -> None:
        self.actors: dict[str, Any] = {name: _actor(name) for name in ACTORS}
        self.author = _actor("author")
        self.secrets: list[Secret] = []
        self.parameters: dict[str, list[str]] = {}
        self.collectors: list[Callable[[Any], list[str]]] = []
        self.public_models: set[str] = set()
        self._numbers = itertools.count(1)

    def secret(self, label: str, *, seen_by: tuple[str, ...] = ()) -> str:
        """A new secret's text. Operators must see it somewhere; of the others only `seen_by` may."""
        word = f"canary{next(self._numbers)}x"
        self.secrets.append(Secret(word, label, frozenset({"operator", *seen_by})))
        return f"{BAIT} {word}"

    def unseen_secret(self, label: str) -> str:
        """A secret that no route shows to anyone, operators included (a token, an address)."""
        word = f"canary{next(self._numbers)}x"
        self.secrets.append(Secret(word, label, frozenset()))
        return word

    def route(self, **parameters: Any) -> None:
        for name, value in parameters.items():
            self.parameters.setdefault(name, []).append(str(value))

    def collect(self, collector: Callable[[Any], list[str]]) -> None:
        self.collectors.append(collector)

    def always_public(self, *models: Any) -> None:
        self.public_models |= {model._meta.label for model in models}

    def stranger_to(self, parameters: dict[str, str]) -> dict[str, str]:
        """Parameters of the same form that name nothing."""
        return {name: _nothing_like(value) for name, value in parameters.items()}


def _nothing_like(value: str) -> str:
    try:
        uuid.UUID(value)
    except ValueError:
        return "1" if value.isdigit() else "no-such-thing"
    return str(uuid.uuid4())


def _actor(name: str) -> Any:
    if name == "guest":
        return None
    member = get_user_model().objects.create(
        username=name.replace("_", "-"), email=f"{name}@example.com", is_operator=name == "operator"
    )
    if name != "new_member":
        member.trust_level = 1
        member.save(update_fields=["trust_level"])
    return member


def planters(function: str) -> list[Callable[[World], None]]:
    """`plant` or `plant_public` of every app that has it, in the order of the apps."""
    found = []
    for name in settings.WING_APPS:
        module = f"tests.{name}.canaries"
        if find_spec(f"tests.{name}") and find_spec(module):
            plant = getattr(import_module(module), function, None)
            if plant:
                found.append(plant)
    return found
