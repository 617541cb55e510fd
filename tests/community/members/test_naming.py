"""User names: what is allowed, what counts as the same, and what a change leaves behind."""

import datetime as dt
import unicodedata

import pytest
from django.db import IntegrityError, transaction

from community.foundation import clock
from community.foundation.problems import Invalid
from community.members import names, naming
from community.members.errors import NameChangedLately, NameTaken
from community.members.models import FormerName, Member
from tests.factories.members import a_member, an_operator


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("a", "username_length"),
        ("x" * 31, "username_length"),
        ("mi na", "username_characters"),
        ("<b>x", "username_characters"),
        ("a/b", "username_characters"),
        ("--", "username_characters"),
        ("\u3164\u3164", "username_characters"),
        ("mina\u202egnp", "username_characters"),
        ("z\u0301\u0302\u0303\u0304oe", "username_characters"),
        ("hеllo", "username_mixed"),  # a Cyrillic е among Latin letters
        ("admin", "username_reserved"),
        ("ADMIN_2", "username_reserved"),
        ("ADMlN", "username_reserved"),
        ("аdmіn", "username_mixed"),
        ("운영자", "username_reserved"),
        ("me", "username_reserved"),
    ],
)
def test_a_name_that_misleads_or_breaks_addresses_is_refused(name, code):
    with pytest.raises(Invalid) as refused:
        names.checked(name)
    assert refused.value.code == code


@pytest.mark.parametrize("name", ["mina", "Mina-2", "민아", "ㅋㅋ", "Жанна", "99", "_on_", "member1", "naïve"])
def test_letters_of_any_script_are_welcome(name):
    assert names.checked(name) == name


def test_a_name_is_kept_in_nfc():
    assert names.checked(unicodedata.normalize("NFD", "민아é")) == "민아é"


@pytest.mark.django_db
@pytest.mark.parametrize("twin", ["MINA", "ｍｉｎａ", "mina"])
def test_case_and_width_make_no_other_name(twin):
    a_member("mina")
    with pytest.raises(NameTaken):
        naming.ensure_free(twin)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("taken", "twin"), [("paul", "pauI"), ("user10", "user1O"), ("corner", "comer"), ("рооре", "pooре")]
)
def test_names_that_look_the_same_cannot_both_exist(taken, twin):
    a_member(taken)
    with pytest.raises(NameTaken):
        naming.ensure_free(twin)


@pytest.mark.django_db
def test_the_database_itself_refuses_a_lookalike():
    a_member("paul")
    with pytest.raises(IntegrityError, match="member_username_skeleton_unique"), transaction.atomic():
        a_member("pauI")


@pytest.mark.django_db
def test_rename_keeps_the_old_name_for_its_member():
    mina, other = a_member("mina"), a_member("noel")
    renamed = naming.rename(by=mina, member=mina, username="mina-new")
    assert (renamed.username, renamed.username_key) == ("mina-new", "mina-new")
    assert list(FormerName.objects.values_list("username", "member_id")) == [("mina", mina.pk)]
    with pytest.raises(NameTaken):
        naming.rename(by=other, member=other, username="Mina")


@pytest.mark.django_db
def test_rename_is_refused_twice_in_thirty_days_and_changes_nothing():
    mina = a_member("mina")
    naming.rename(by=mina, member=mina, username="haru")
    with pytest.raises(NameChangedLately):
        naming.rename(by=mina, member=mina, username="mina")
    assert Member.objects.get(pk=mina.pk).username == "haru"
    with clock.shifted(dt.timedelta(days=31)):
        assert naming.rename(by=mina, member=mina, username="mina").username == "mina"
    assert list(FormerName.objects.values_list("username", flat=True)) == ["haru"]


@pytest.mark.django_db
def test_only_operators_give_reserved_names():
    mina = a_member("mina")
    with pytest.raises(Invalid, match="username_reserved"):
        naming.rename(by=mina, member=mina, username="support")
    assert naming.rename(by=an_operator(), member=mina, username="support").username == "support"


@pytest.mark.parametrize(
    "sign", ["\ufe00", "\ufe0f", "\U000e0100", "\U000e01ef", "\u180b", "\u180f", "\u034f", "\u115f"]
)
def test_no_sign_of_which_nothing_is_seen_makes_another_name(sign):
    for name in (f"mina{sign}", f"m{sign}ina", f"민{sign}아"):
        with pytest.raises(Invalid) as refused:
            names.checked(name)
        assert refused.value.code == "username_characters"


def test_a_word_of_the_same_look_in_small_cyrillic_has_the_same_skeleton():
    assert names.skeleton("аррӏе") == names.skeleton("apple")


def test_signs_that_are_whole_phrases_are_no_letters_of_a_name():
    with pytest.raises(Invalid) as refused:
        names.checked("\ufdfa" * 12)
    assert refused.value.code == "username_characters"
