"""One bill by labels: the shares add up to it (2.24)."""

import dataclasses

from commerce.pricing.splitting import Share, by_label
from tests.commerce.pricing.test_quoting import asked, method, price


def labelled(label, *args, **more):
    return dataclasses.replace(asked(*args, **more), label=label)


def test_each_label_gets_its_goods_and_its_part_of_the_delivery():
    found = price(
        labelled("Mother", 6_000),
        labelled("Office", 3_000),
        labelled("", 1_000),
        labelled("Mother", 10_000, vendor=1),
        methods=(method(0, fee=3_000), method(1, fee=2_500)),
    )

    assert by_label(found.orders) == [
        Share("Mother", 2, 16_000, 1_800 + 2_500),
        Share("Office", 1, 3_000, 900),
        Share("", 1, 1_000, 300),
    ]
    assert sum(share.amount for share in by_label(found.orders)) == found.amount


def test_files_bear_no_delivery_and_free_things_share_it_by_pieces():
    found = price(
        labelled("Song", 9_000, kind="digital"),
        labelled("Sample", 0, 1),
        labelled("Samples", 0, 2),
        methods=(method(0, fee=3_000),),
    )

    assert [(share.label, share.goods, share.delivery) for share in by_label(found.orders)] == [
        ("Sample", 0, 1_000),
        ("Samples", 0, 2_000),
        ("Song", 9_000, 0),
    ]


def test_nothing_is_split_of_nothing():
    assert by_label([]) == []
