"""A quote is known by the address in its head."""

import uuid

import pytest

from community.boards.quoting import quotation, quoted_ids
from tests.factories.boards import a_post

ID = uuid.UUID("01939f6e-2f7c-7aa1-8f3e-0f5e1c2d3b4a")


@pytest.mark.django_db
def test_what_the_composer_quotes_is_recognised() -> None:
    first, second = a_post(body="Rain is coming."), a_post()

    assert quoted_ids(f"{quotation(first)}Yes.\n\n{quotation(second)}No.") == {first.pk, second.pk}


@pytest.mark.parametrize(
    "source",
    [
        f"See [#3](/posts/{ID}/).",
        f"> [#3](/topics/{ID}/)",
        "> [#3](/posts/nonsense/)",
        f"> /posts/{ID}/ without a link",
        "> [#3](" * 2500,
    ],
)
def test_a_link_outside_a_quote_or_to_something_else_quotes_nobody(source: str) -> None:
    assert quoted_ids(source) == set()


def test_an_address_of_the_whole_site_counts_too() -> None:
    assert quoted_ids(f"> @dami [#1](https://madang.example/posts/{ID}/)\n>\n> Words") == {ID}
