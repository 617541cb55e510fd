"""Rivals at one cart: two tabs, a double click, a login meanwhile (2.51). Without its lock each of these goes wrong."""

import pytest

from commerce import locks
from commerce.cart import adding, changing, holding, joining, opening, removing
from commerce.cart.conf import MOST_LINES
from commerce.cart.models import Cart, CartLine
from tests.concurrency.kit import all_went_well, meet_before, race, rival_after
from tests.factories.cart import a_cart, a_cart_line
from tests.factories.catalog import a_variant
from tests.factories.members import a_member

pytestmark = pytest.mark.django_db(transaction=True)


def take_without_locking(place, ids):
    return {row.pk: row for row in Cart.objects.filter(pk__in=list(ids))}


def quantities(cart) -> list[int]:
    return sorted(CartLine.objects.filter(cart=cart).values_list("quantity", flat=True))


def put(cart, variant):
    return lambda: adding.add(cart=cart, by=cart.member, variant_id=variant.pk)


def test_without_the_lock_one_of_two_clicks_is_lost(monkeypatch):
    cart, variant = a_cart(), a_variant()
    adding.add(cart=cart, by=cart.member, variant_id=variant.pk)
    monkeypatch.setattr(locks, "take", take_without_locking)
    monkeypatch.setattr(holding, "for_change", lambda cart: list(CartLine.objects.filter(cart=cart)))
    meeting = meet_before(monkeypatch, CartLine, "save")

    assert all_went_well(race(put(cart, variant), put(cart, variant)))

    assert meeting.happened
    assert quantities(cart) == [2]  # of three


def test_two_clicks_on_a_thing_that_is_there_both_count():
    cart, variant = a_cart(), a_variant()
    adding.add(cart=cart, by=cart.member, variant_id=variant.pk)

    assert all_went_well(race(*[put(cart, variant) for _click in range(4)]))

    assert quantities(cart) == [5]


def test_two_clicks_on_a_new_thing_make_one_line():
    cart, variant = a_cart(), a_variant()

    assert all_went_well(race(*[put(cart, variant) for _click in range(4)]))

    assert quantities(cart) == [4]


def test_a_full_cart_takes_one_of_two():
    cart, variant = a_cart(), a_variant()
    CartLine.objects.bulk_create(
        CartLine(cart=cart, variant=variant, quantity=1, seen_price=1, specification={"n": str(number)})
        for number in range(MOST_LINES - 1)
    )
    outcomes = race(put(cart, a_variant()), put(cart, a_variant()))

    assert sorted(outcome.refused for outcome in outcomes) == [False, True]
    assert len(quantities(cart)) == MOST_LINES


def test_two_first_clicks_of_a_member_make_one_cart():
    member, variant = a_member(), a_variant()

    def first_click():
        return adding.add(cart=opening.of_member(member), by=member, variant_id=variant.pk)

    assert all_went_well(race(first_click, first_click))
    assert quantities(Cart.objects.get()) == [2]


def test_two_lines_that_become_the_same_at_once_are_one():
    cart, variant = a_cart(), a_variant()
    lines = [a_cart_line(cart, variant, 2, label=label) for label in ("Mother", "Father")]

    def take_label_off(line):
        return lambda: changing.change(cart=cart, by=cart.member, line_id=line.pk, label="")

    assert all_went_well(race(*[take_label_off(line) for line in lines]))
    assert quantities(cart) == [4]


def test_two_logins_at_once_bring_the_cart_along_once():
    member, variant = a_member(), a_variant()
    guests, secret = opening.for_guest()
    adding.add(cart=guests, by=None, variant_id=variant.pk, quantity=3)

    assert all_went_well(race(*[lambda: joining.join(member, secret) for _door in range(3)]))

    assert quantities(Cart.objects.get(member=member)) == [3]
    assert Cart.objects.count() == 1


def test_what_a_guest_adds_while_logging_in_is_refused_or_comes_along():
    member = a_member()
    guests, secret = opening.for_guest()
    adding.add(cart=guests, by=None, variant_id=a_variant().pk)
    variant = a_variant()
    added, joined = race(
        lambda: adding.add(cart=guests, by=None, variant_id=variant.pk), lambda: joining.join(member, secret)
    )

    assert joined.raised is None
    assert added.refused or added.raised is None
    assert quantities(Cart.objects.get(member=member)) == ([1] if added.refused else [1, 1])


def test_what_is_added_while_the_rest_is_paid_stays():
    cart, variant = a_cart(), a_variant()
    line = a_cart_line(cart, variant, 2)

    assert all_went_well(
        race(put(cart, variant), lambda: removing.take_out_bought(member_id=cart.member_id, quantities={line.pk: 2}))
    )

    assert quantities(cart) == [1]


def test_a_purchase_that_is_paid_between_reading_and_writing_takes_its_lines(monkeypatch):
    """Exactly there: the line was read by who adds more, and is taken out by who paid."""
    cart, variant = a_cart(), a_variant()
    line = a_cart_line(cart, variant, 2)
    rival_after(
        monkeypatch,
        holding,
        "locked",
        lambda: removing.take_out_bought(member_id=cart.member_id, quantities={line.pk: 2}),
    )

    put(cart, variant)()

    assert quantities(cart) == [1]


def test_two_purchases_take_out_no_more_than_they_bought():
    cart = a_cart()
    line = a_cart_line(cart, quantity=7)

    def paid():
        removing.take_out_bought(member_id=cart.member_id, quantities={line.pk: 2})

    assert all_went_well(race(paid, paid, paid))
    assert quantities(cart) == [1]
