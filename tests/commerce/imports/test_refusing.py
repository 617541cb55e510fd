"""What cannot be taken of a file of orders is named with its line and reason, and nothing else is lost (item 2.35)."""

import json

import pytest
from django.core.management import CommandError, call_command

from commerce.imports import gathering
from commerce.orders.models import Order, OrderLine
from community.reviews.importing import reading
from tests.factories.imports import line, run, shop, written

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        ({"order": ""}, "“order” is missing"),
        ({"order": "x" * 41}, "“order” is longer than 40 characters"),
        ({"member": ""}, "“member” is missing"),
        ({"member": "a\x07b"}, "“member” holds control characters"),
        ({"sku": ""}, "“sku” is missing"),
        ({"sku": "S" * 65}, "“sku” is longer than 64 characters"),
        ({"title": "T" * 201}, "“title” is longer than 200 characters"),
        ({"quantity": "0"}, "“quantity” must be a whole number"),
        ({"quantity": "1.5"}, "“quantity” must be a whole number"),
        ({"quantity": "1e3"}, "“quantity” must be a whole number"),
        ({"quantity": "٣"}, "“quantity” must be a whole number"),
        ({"quantity": "1000001"}, "“quantity” must be a whole number"),
        ({"quantity": "-1"}, "a quantity is negative in an order that begins with “C”"),
        ({"order": "C536365", "quantity": "1"}, "a quantity is negative in an order that begins with “C”"),
        ({"unit_price": ""}, "“unit_price” must be a number"),
        ({"unit_price": "-2.55"}, "“unit_price” must be a number"),
        ({"unit_price": "2,55"}, "“unit_price” must be a number"),
        ({"unit_price": "1e9"}, "“unit_price” must be a number"),
        ({"unit_price": "NaN"}, "“unit_price” must be a number"),
        ({"unit_price": "999999999999", "quantity": "1000000"}, "is more than an order here can hold"),
        ({"at": "yesterday"}, "“at” is not a time"),
        ({"at": "1989-12-31T23:59:59Z"}, "“at” must lie between"),
        ({"at": "2999-01-01T00:00:00Z"}, "“at” must lie between"),
    ],
)
def test_what_cannot_be_taken_is_refused_with_its_line(tmp_path, bad, reason):
    last, code, refused = run(tmp_path, line("1"), {**line("2"), **bad})
    assert (last, code) == ("imported 1, refused 1", 3)
    assert reason in refused[3]
    assert Order.objects.count() == 1


def test_an_order_goes_in_whole_or_not_at_all(tmp_path):
    last, code, refused = run(
        tmp_path, line("1"), line("2"), line("2", sku="71053", quantity="x"), line("1", sku="71053")
    )
    assert (last, code) == ("imported 2, refused 2", 3)
    assert refused[3] == "line 4 of the same order cannot be taken, and an order goes in whole"
    assert refused[4].startswith("“quantity” must be a whole number")
    last, _code, refused = run(tmp_path, line("3"), line("3", member="another"))
    assert last == "imported 0, refused 2"
    assert set(refused.values()) == {"the lines of the order name more than one member"}


def test_an_order_with_more_lines_than_one_can_have_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(gathering, "MOST_LINES", 2)
    last, _code, refused = run(tmp_path, *[line("1", sku=f"S{number}") for number in range(3)], line("2"))
    assert last == "imported 1, refused 3"
    assert set(refused.values()) == {"the order has more than 2 lines"}


def test_json_lines_hostile_ones_and_a_line_without_end(tmp_path, monkeypatch):
    monkeypatch.setattr(reading, "LONGEST_LINE", 4000)
    last, code, refused = run(
        tmp_path,
        line("1", price=2.55),
        "{nonsense",
        "[1]",
        json.dumps(line("2", sku=["a"])),
        json.dumps(line("3", quantity=True)),
        '{"order": "4", "title": "' + "x" * 5000 + '"}',
        json.dumps(line("5", title="\udc80")),
        line("6", title="=HYPERLINK(1)"),
        name="in.jsonl",
    )
    assert (last, code, sorted(refused)) == ("imported 2, refused 6", 3, [2, 3, 4, 5, 6, 7])
    assert refused[4] == "“sku” is neither a text nor a number"
    assert refused[6] == "the line is longer than 4,000 bytes"
    assert OrderLine.objects.filter(title="=HYPERLINK(1)").exists()


@pytest.mark.parametrize("rate", ["0", "-1900", "x", "1e3", "19,00", ""])
def test_a_rate_that_is_none_is_one_sentence(tmp_path, rate):
    with pytest.raises(CommandError) as error:
        run(tmp_path, line(), rate=rate)
    assert error.value.returncode == 2
    assert "The rate must be a number above 0" in str(error.value)


@pytest.mark.parametrize("content", [b"\x1f\x8bbroken", b"subject,score\nx,1\n"])
def test_a_file_that_is_none_ends_with_a_sentence(tmp_path, content):
    file = tmp_path / "in"
    file.write_bytes(content)
    with pytest.raises(CommandError) as error:
        run(tmp_path, file=file)
    assert error.value.returncode == 2


def test_an_unknown_vendor_or_category_is_one_sentence(tmp_path):
    file = written(tmp_path, line())
    with pytest.raises(CommandError, match="There is no open vendor “nobody”"):
        call_command("import_orders", str(file), vendor="nobody", rate="1900")
    with pytest.raises(CommandError, match="There is no category “nowhere”"):
        call_command("import_orders", str(file), vendor=shop().slug, rate="1900", category="nowhere")
