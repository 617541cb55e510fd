"""Names and titles of members in headers and plain text."""

import pytest

from community.notifications.plain import no_links, one_line


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("two\r\nBcc: all@example.com", "two Bcc: all@example.com"),
        ("a\x00b\x1bc", "abc"),
        ("user\u202egnp.exe", "usergnp.exe"),
        ("  many \t spaces\u2028here ", "many spaces here"),
        ("가나", "가나"),
    ],
)
def test_one_line_holds_no_break_and_no_hidden_character(words: str, shown: str) -> None:
    assert one_line(words) == shown


def test_a_long_title_is_cut() -> None:
    assert one_line("가나다라마바", 5) == "가나다라…"


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("http://evil.example/x", "http:\u200b//evil.\u200bexample/x"),
        ("evil.example", "evil.\u200bexample"),
        ("me@evil.example", "me@\u200bevil.\u200bexample"),
        ("evil。example", "evil。\u200bexample"),
        ("Version 2. It works.", "Version 2. It works."),
        ("김하늘", "김하늘"),
    ],
)
def test_no_mail_program_makes_a_link_of_a_name(words: str, shown: str) -> None:
    assert no_links(words) == shown
