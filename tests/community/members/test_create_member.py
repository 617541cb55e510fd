"""manage.py create_member, as the REST contract says it."""

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from community.members.models import Member, TeamMember
from tests.factories.members import PASSWORD, a_member

pytestmark = pytest.mark.django_db


def create(*words: str) -> None:
    call_command("create_member", "mina@example.org", "--username", "mina", "--password", PASSWORD, *words)


def test_the_member_can_log_in_at_once():
    create()
    client = Client()
    client.post("/accounts/login/", {"login": "mina@example.org", "password": PASSWORD})
    assert client.get("/api/v1/members/me/").json()["username"] == "mina"


def test_run_again_it_adds_what_is_asked():
    create()
    create()
    create("--operator", "--vendor", "bakery", "--role", "manager")
    create("--vendor", "bakery", "--role", "owner")
    member = Member.objects.get()
    assert (member.is_operator, member.email) == (True, "mina@example.org")
    assert list(TeamMember.objects.values_list("team__slug", "member", "role")) == [("bakery", member.pk, "owner")]


def test_an_operator_may_have_a_name_kept_for_the_site():
    call_command("create_member", "o@example.org", "--username", "operator", "--password", PASSWORD, "--operator")
    assert Member.objects.get().username == "operator"


@pytest.mark.parametrize(
    ("email", "username"),
    [("no-address", "mina"), ("a@example.org", "m"), ("a@example.org", "taken"), ("a@example.org", "TAKEN")],
)
def test_what_cannot_be_is_one_sentence_in_english_and_nobody(email, username):
    a_member("taken")
    with pytest.raises(CommandError) as refused:
        call_command("create_member", email, "--username", username, "--password", PASSWORD)
    assert refused.value.returncode == 2
    assert str(refused.value).isascii()
    assert Member.objects.count() == 1
