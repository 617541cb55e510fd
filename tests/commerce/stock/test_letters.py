"""Low-stock letters: to the whole staff, once until the stock was refilled (2.20)."""

import pytest

from commerce.stock import counting, holding
from community.members.models import Team, TeamMember
from community.notifications.models import Letter, Notice
from tests.factories.catalog import seller_of
from tests.factories.members import a_member
from tests.factories.stock import a_source, a_stock, soon, wanted

pytestmark = pytest.mark.django_db


def buy(stock, quantity):
    source = a_source()
    holding.hold(lines=wanted((stock, quantity)), source=source, until=soon())
    holding.sell(source)


def told(member):
    return Notice.objects.filter(member=member, kind="stock_low").values_list("count", flat=True).first() or 0


def test_the_whole_staff_is_told_when_few_are_left(relay):
    stock = a_stock(10, refill_at=3)
    product = stock.variant.product
    clerk = a_member()
    TeamMember.objects.create(team=Team.objects.get(pk=product.vendor.team_id), member=clerk, role=TeamMember.CLERK)
    buy(stock, 7)
    relay()
    for member in (clerk, seller_of(product.vendor)):
        notice = Notice.objects.get(member=member, kind="stock_low")
        assert (notice.target_kind, notice.target_id) == ("product", product.pk)
        assert Letter.objects.filter(member=member).count() == 1


def test_nobody_is_told_while_there_is_enough(relay):
    stock = a_stock(10, refill_at=3)
    buy(stock, 6)
    relay()
    assert not Notice.objects.exists()


def test_a_hold_alone_tells_nothing(relay):
    stock = a_stock(10, refill_at=3)
    holding.hold(lines=wanted((stock, 10)), source=a_source(), until=soon())
    relay()
    assert not Notice.objects.exists()


def test_once_until_it_was_refilled(relay):
    stock = a_stock(10, refill_at=3)
    owner = seller_of(stock.variant.product.vendor)
    buy(stock, 8)
    buy(stock, 1)
    relay()
    assert told(owner) == 1
    counting.receive(by=owner, variant=stock.variant, quantity=2)
    relay()
    assert told(owner) == 1
    counting.receive(by=owner, variant=stock.variant, quantity=10)
    buy(stock, 12)
    relay()
    assert told(owner) == 2


def test_a_higher_line_tells_at_once(relay):
    stock = a_stock(10)
    owner = seller_of(stock.variant.product.vendor)
    counting.set_refill_at(by=owner, variant=stock.variant, refill_at=20)
    relay()
    assert told(owner) == 1
