"""Who may correct what is told of a subject."""

import pytest

from community.subjects.editing import edit_subject
from community.subjects.errors import NotYourSubject
from community.subjects.models import Subject
from community.subjects.stewarding import dismiss_steward
from tests.factories.members import a_member, a_team, an_operator, logged_in
from tests.factories.subjects import a_steward, a_subject

pytestmark = pytest.mark.django_db


def test_a_team_that_answers_for_a_subject_corrects_it_and_others_do_not() -> None:
    maker, subject = a_member(), a_subject("Kettle")
    a_steward(subject, a_team(maker))
    assert edit_subject(by=maker, subject=subject, name="Blue kettle").name == "Blue kettle"
    with pytest.raises(NotYourSubject):
        edit_subject(by=a_member(), subject=subject, name="Red kettle")
    assert Subject.objects.get().name == "Blue kettle"


def test_a_team_that_was_dismissed_meanwhile_corrects_nothing() -> None:
    maker, subject = a_member(), a_subject("Kettle")
    team = a_team(maker)
    a_steward(subject, team)
    edit_subject(by=maker, subject=subject, summary="For tea")  # the same instance was asked before
    dismiss_steward(by=an_operator(), subject=subject, team=team)
    with pytest.raises(NotYourSubject):
        edit_subject(by=maker, subject=subject, name="Red kettle")
    assert Subject.objects.get().name == "Kettle"


def test_the_way_to_correct_is_shown_to_who_may() -> None:
    maker, subject = a_member(language="en"), a_subject()
    a_steward(subject, a_team(maker))
    words = "Correct what is told here"
    address = subject.get_absolute_url()
    assert words in logged_in(maker).get(address).content.decode()
    assert words not in logged_in(a_member(language="en")).get(address).content.decode()
