"""The demo community: loaded once, by the acts, complete, with counters that hold."""

import io
from collections import Counter
from pathlib import Path

import pytest
from django.core.management import call_command

from commerce.catalog.models import DigitalFile, Picture, PricePoint, Product, ProductKind
from commerce.changes.models import Change
from commerce.specifications.models import Schema
from commerce.stock.models import Stock
from commerce.vendors.models import ReplyTime, Vendor
from community.boards.models import Board, Post, Topic
from community.foundation import counters
from community.members.models import Member, TeamMember
from community.reviews.models import Review
from community.subjects.models import Subject
from config.demo import script
from config.demo_accounts import ACCOUNTS, MEMBER, OPERATOR, VENDOR
from config.management.commands.up import Command


@pytest.mark.django_db
def test_the_demo_community_is_complete_and_is_loaded_once(settings, tmp_path) -> None:
    settings.MEDIA_ROOT = tmp_path
    call_command("demo", verbosity=0)
    call_command("demo", verbosity=0)
    assert Board.objects.count() == 8
    assert (
        Subject.objects.filter(slug__in=[told["slug"] for told in script.table("subjects")["subjects"]]).count() == 40
    )
    assert not Subject.objects.filter(picture=None).exists()
    assert Topic.objects.count() >= 60
    assert Post.objects.count() >= 200
    assert Review.objects.exclude(source="").count() >= 80
    for account in ACCOUNTS:
        assert Member.objects.get(username=account.username).check_password(account.password)
    _vendors_are_open_and_staffed()
    _sixty_products_are_on_sale()
    _goods_differ_in_kind_stock_and_price()
    assert Change.objects.get().causes.count() == 3
    assert [counter.field for counter in counters.all_counters() if counter.wrong().exists()] == []


def test_up_prints_who_may_log_in() -> None:
    said = io.StringIO()
    Command(stdout=said)._say_ready("http://localhost:8000/", Path("data"), demo=True, open_to_others=False)
    for account in (MEMBER, VENDOR, OPERATOR):
        line = next(line for line in said.getvalue().splitlines() if account.email in line)
        assert line.split()[0] == account.role
        assert line.endswith(account.password)


def _vendors_are_open_and_staffed() -> None:
    own = Vendor.objects.open().staffed_by(Member.objects.get(username=VENDOR.username)).get()
    assert (own.slug, own.state, own.business_number) == ("dure", "approved", "123-45-67891")
    assert sorted(Vendor.objects.open().values_list("slug", flat=True)) == [
        "dure",
        "field-and-thread",
        "moonlight",
        "moru",
    ]
    roles = set(TeamMember.objects.filter(team__vendor__isnull=False).values_list("role", flat=True))
    assert roles == {TeamMember.OWNER, TeamMember.MANAGER, TeamMember.CLERK}
    assert ReplyTime.objects.filter(answered__gt=0).values("vendor").distinct().count() == 4


def _sixty_products_are_on_sale() -> None:
    products = list(Product.objects.on_sale().prefetch_related("pictures"))
    assert len(products) == 60
    assert all(product.pictures.exists() and product.summary and product.html for product in products)
    assert not Picture.objects.filter(alt="").exists()
    sellers = Counter(product.subject_id for product in products)
    assert sum(number > 1 for number in sellers.values()) >= 6
    compared = Product.objects.filter(subject__slug="dalbit-thermos")
    assert len(set(compared.values_list("price", flat=True))) == 3


def _goods_differ_in_kind_stock_and_price() -> None:
    kinds = Counter(Product.objects.on_sale().values_list("kind", flat=True))
    assert kinds == {ProductKind.GOODS: 52, ProductKind.MADE_TO_ORDER: 5, ProductKind.DIGITAL: 3}
    assert Schema.objects.current().count() == 5
    assert DigitalFile.objects.values("product").distinct().count() == 3
    assert list(Product.objects.on_sale().filter(available=False).values_list("slug", flat=True)) == [
        "saebyeok-grinder-moru"
    ]
    assert Stock.objects.filter(on_hand__range=(1, 3)).count() >= 5
    assert PricePoint.objects.count() > Stock.objects.count() + 20
