"""A review is asked for once an order, when it has been used, and only of what nothing was said of yet (2.33)."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.db.models import Q, Value

from commerce.orders import registering
from commerce.orders.models import OrderLine
from commerce.shelf import inviting
from commerce.shelf.models import Invitation
from community.foundation import clock
from community.notifications.models import Letter, Notice
from community.notifications.models.wishes import Channel
from community.notifications.preferences import change_settings
from tests.factories import imports
from tests.factories.catalog import a_product, a_shop
from tests.factories.members import a_member
from tests.factories.reviews import a_review
from tests.factories.shelf import an_arrived_order

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def an_invited_order(*titles, kind="goods", **terms):
    shop = a_shop()
    bought = [a_product(title, vendor=shop, kind=kind).variants.get() for title in titles or ("Kettle",)]
    return an_arrived_order(*bought, **terms)


def asked(after):
    with clock.shifted(after):
        return inviting.invite_due()


def notices(order):
    return Notice.objects.filter(kind=inviting.KIND, member=order.purchase.member)


@pytest.mark.parametrize(("kind", "days"), [("goods", 5), ("digital", 3)])
def test_it_is_asked_some_days_after_it_arrived_by_its_kind_and_once(relay, kind, days):
    order = an_invited_order(kind=kind)
    relay()
    assert Invitation.objects.get().due_at == order.delivered_at + days * DAY
    assert asked((days - 1) * DAY) == 0
    assert asked(days * DAY + DAY / 24) == 1
    assert asked((days + 1) * DAY) == 0
    assert notices(order).count() == 1


def test_of_several_kinds_the_slowest_decides(relay):
    shop = a_shop()
    made = a_product("Ring", vendor=shop, kind="made_to_order").variants.get()
    order = an_arrived_order(made, a_product("Box", vendor=shop).variants.get())
    relay()
    assert Invitation.objects.get().due_at == order.delivered_at + 10 * DAY


def test_it_names_what_nothing_was_said_of_and_leads_there(relay):
    order = an_invited_order("Kettle", "Teapot", "Cup", language="en")
    a_review(order.lines.get(title="Kettle").product.subject, by=order.purchase.member)
    relay()
    assert asked(6 * DAY) == 1
    invitation = Invitation.objects.get()
    assert invitation.title == "Teapot and 1 more"
    assert list(Invitation.objects.visible_to(order.purchase.member)) == [invitation]
    assert not Invitation.objects.visible_to(a_member()).exists()


def test_nobody_is_asked_who_said_it_all_or_sent_it_back_or_hid_it(relay):
    said, back = an_invited_order(), an_invited_order()
    a_review(said.lines.get(kind="item").product.subject, by=said.purchase.member, body="")
    OrderLine.objects.filter(order=back, kind="item").update(returned=1)
    relay()
    assert asked(6 * DAY) == 0
    assert Invitation.objects.filter(dropped_at__isnull=False, told_at=None).count() == 2


def test_while_something_is_under_way_it_waits_and_in_the_end_is_dropped(relay, monkeypatch):
    order = an_invited_order()
    relay()
    with monkeypatch.context() as patch:
        patch.setitem(registering._finished, "test", lambda: Q(pk=Value(None)))
        assert asked(6 * DAY) == 0
        assert Invitation.objects.get().due_at > order.delivered_at + 8 * DAY
        assert asked(70 * DAY) == 0
        assert Invitation.objects.get().dropped_at is not None
    assert asked(71 * DAY) == 0


def test_what_was_due_long_ago_is_not_asked_any_more(relay):
    an_invited_order()
    relay()
    assert asked(66 * DAY) == 0
    assert Invitation.objects.get().dropped_at is not None


def test_it_comes_by_letter_too_unless_the_member_wants_none(relay):
    order, silent = an_invited_order("Kettle", language="en"), an_invited_order()
    off = {inviting.KIND: dict.fromkeys(Channel.values, False)}
    change_settings(by=silent.purchase.member, switches=off, quiet_from=None, quiet_until=None, rhythm="never")
    relay()
    assert asked(6 * DAY) == 2
    assert (notices(order).count(), notices(silent).count()) == (1, 0)
    assert Letter.objects.filter(notice__kind=inviting.KIND).get().member == order.purchase.member


def test_orders_from_before_are_never_asked_about(tmp_path, relay):
    imports.run(tmp_path, imports.line(at=(clock.now() - DAY).isoformat()))
    line = OrderLine.objects.get()
    assert inviting.plan(line.order_id) is None
    relay()
    assert asked(30 * DAY) == 0
    assert not Invitation.objects.exists()


def test_asked_and_dropped_exclude_each_other(relay):
    an_invited_order()
    relay()
    with pytest.raises(IntegrityError, match="shelf_asked_or_not_asked"), transaction.atomic():
        Invitation.objects.update(told_at=clock.now(), dropped_at=clock.now())
    with pytest.raises(IntegrityError, match="order_id"), transaction.atomic():
        Invitation.objects.create(order=Invitation.objects.get().order, due_at=clock.now())
