"""Secrets of subjects for the leak matrix: one that is hidden."""

from community.subjects.hiding import hide_subject
from tests.factories.members import an_operator
from tests.factories.subjects import a_subject


def plant_public(world) -> None:
    """A subject that everyone may see."""
    world.public_subject = a_subject("Open subject")


def plant(world) -> None:
    hidden = a_subject(world.secret("hidden subject"))
    hide_subject(target=hidden, by=an_operator(), reason="nobody's business")
    world.route(subject_slug=world.public_subject.slug)
    world.route(subject_slug=hidden.slug)
