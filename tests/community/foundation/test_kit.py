"""The elements of the kit: what they say, to eyes and to screen readers, in both languages."""

import datetime as dt
import json
import re
from dataclasses import dataclass
from pathlib import Path

import pytest
from django import forms
from django.conf import settings
from django.template import Context, Template
from django.test import RequestFactory
from django.utils.translation import override

from community.foundation import clock
from community.foundation.paging import Page

ROOT = Path(settings.BASE_DIR)


def rendered(source: str, **inputs: object) -> str:
    return re.sub(r"\s+", " ", Template("{% load kit %}" + source).render(Context(inputs))).strip()


@dataclass
class Someone:
    pk: str
    name: str

    def __str__(self) -> str:
        return self.name


@pytest.mark.parametrize(
    ("age", "korean", "english"),
    [
        (dt.timedelta(seconds=5), "방금", "just now"),
        (dt.timedelta(minutes=1), "1분 전", "1 minute ago"),
        (dt.timedelta(hours=3), "3시간 전", "3 hours ago"),
        (dt.timedelta(hours=23, minutes=50), "23시간 전", "23 hours ago"),
        (dt.timedelta(days=2), "2일 전", "2 days ago"),
    ],
)
def test_a_recent_time_is_told_as_its_distance(age: dt.timedelta, korean: str, english: str) -> None:
    moment = clock.now() - age
    for language, text in (("ko", korean), ("en", english)):
        with override(language):
            assert rendered("{% when moment %}", moment=moment).endswith(f">{text}</time>")


def test_an_old_time_is_a_date_and_the_exact_time_stands_behind_every_one() -> None:
    moment = dt.datetime(2024, 3, 1, 15, 30, tzinfo=dt.UTC)
    with override("ko"):
        shown = rendered("{% when moment %}", moment=moment)
    assert ">2024. 3. 2.</time>" in shown  # half past midnight of the next day in Seoul
    assert 'title="2024. 3. 2. 오전 12:30:00"' in shown
    assert 'datetime="2024-03-01T15:30:00+00:00"' in shown


def test_no_time_is_nothing() -> None:
    assert rendered("{% when moment %}", moment=None) == ""


def test_a_button_becomes_a_link_with_an_address_and_escapes_what_it_is_given() -> None:
    assert (
        rendered('{% button "Save" kind="primary" %}')
        == '<button class="button button-primary" type="submit">Save</button>'
    )
    shown = rendered('{% button label href=href hx_get="/x/" disabled=False %}', label="<b>", href="/a/?b=1&c=2")
    assert shown == '<a class="button button-plain" href="/a/?b=1&amp;c=2" hx-get="/x/">&lt;b&gt;</a>'


def test_a_button_of_an_icon_alone_says_its_name() -> None:
    assert 'aria-label="Close"' in rendered('{% button "Close" icon="x" only_icon=True %}')


def test_a_score_is_spoken_in_words() -> None:
    with override("ko"):
        shown = rendered("{% score 4.26 1280 %}")
    assert "5점 만점에 4.3점, 평점 1,280개" in shown
    assert shown.count('class="icon full"') == 4 + 1  # four whole stars and the left half of the fifth
    with override("en"):
        assert "no ratings yet" in rendered("{% score None %}")


def test_a_picture_falls_back_to_the_first_letter_and_its_colour_stays() -> None:
    first = rendered("{% avatar who %}", who=Someone("a", "하늘"))
    assert ">하</span>" in first
    assert rendered("{% avatar who %}", who=Someone("a", "바다")).split(">")[0] == first.split(">")[0]


def test_a_name_cannot_bring_markup_into_the_page() -> None:
    assert "<script" not in rendered("{% avatar who %}{% chip who %}", who=Someone("a", "<script>x"))


def test_guidance_is_open_at_first_then_folded_then_gone() -> None:
    source = '{% guidance "post" "Your first post" acts=acts %}Say it plainly.{% endguidance %}'
    assert " open>" in rendered(source, acts=0)
    assert "<details" in rendered(source, acts=1)
    assert " open>" not in rendered(source, acts=1)
    assert rendered(source, acts=3) == ""


def test_the_pager_keeps_the_filters_and_shows_only_ways_that_exist() -> None:
    request = RequestFactory().get("/", {"order": "new", "cursor": "old"})
    shown = rendered("{% pager page %}", page=Page([], next="abc"), request=request)
    assert 'href="?order=new&amp;cursor=abc"' in shown
    assert 'rel="prev"' not in shown
    assert rendered("{% pager page %}", page=Page([]), request=request) == ""


@pytest.mark.parametrize(
    ("order", "words"),
    [
        (("-created_at",), ("Newer", "Older")),
        (("-id",), ("Newer", "Older")),
        (("-score",), ("Previous", "Next")),
        (("name",), ("Previous", "Next")),
        (("published_at",), ("Previous", "Next")),
        ((), ("Previous", "Next")),
    ],
)
def test_the_pager_speaks_of_age_only_where_the_newest_stand_first(order, words) -> None:
    page = Page([], next="abc", previous="xyz", order=order)
    with override("en"):
        shown = rendered("{% pager page %}", page=page, request=RequestFactory().get("/"))
    assert tuple(word for word in ("Newer", "Older", "Previous", "Next") if f">{word}<" in shown) == words


def test_a_field_ties_its_help_and_errors_to_the_input() -> None:
    class Sample(forms.Form):
        title = forms.CharField(help_text="One line.")
        note = forms.CharField(required=False)

    shown = rendered("{{ form }}", form=Sample({"title": ""}))
    assert 'aria-describedby="id_title_helptext id_title_error"' in shown
    assert 'id="id_title_helptext"' in shown
    assert 'id="id_title_error"' in shown
    assert 'aria-invalid="true"' in shown
    assert shown.count('class="optional"') == 1


def test_a_chart_carries_its_numbers_as_data_and_as_a_table() -> None:
    shown = rendered('{% chart "c" "Sales" labels series %}', labels=["Mon", "</script>"], series={"A": [1, 2]})
    data = re.search(r'<script id="c-data" type="application/json">(.*?)</script>', shown)
    assert data
    assert json.loads(data[1])["series"] == [{"name": "A", "values": [1, 2]}]
    assert '<td class="number">2</td>' in shown


def test_every_icon_that_a_page_asks_for_is_in_the_sprite() -> None:
    sprite = (ROOT / "static/vendor/lucide/icons.svg").read_text()
    there = set(re.findall(r'<symbol id="([^"]+)"', sprite))
    asked = set()
    for path in (ROOT / "templates").rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        asked |= set(re.findall(r'\{% icon "([^"]+)"', text)) | set(re.findall(r'\bicon="([a-z0-9-]+)"', text))
    assert asked - there == set()


def test_raw_colours_stand_in_the_tokens_alone() -> None:
    for path in (ROOT / "static/css").rglob("*.css"):
        if path.stem not in {"tokens", "admin"} and not path.stem.endswith(
            "_desk"
        ):  # the library's admins load no tokens
            assert re.findall(r"#[0-9a-fA-F]{3,8}\b(?=[;\s,)])|rgba?\(", path.read_text()) == [], path.name


def test_text_has_enough_contrast_in_light_and_dark() -> None:
    tokens = dict(
        re.findall(r"--([a-z-]+): light-dark\((#\w{6}, #\w{6})\)", (ROOT / "static/css/tokens.css").read_text())
    )
    pairs = [("ink", "paper"), ("soft-ink", "paper"), ("soft-ink", "sunken"), ("soft-ink", "raised"), ("pine", "paper")]
    pairs += [("pine", "raised"), ("on-colour", "pine"), ("on-colour", "pine-strong"), ("pine-strong", "pine-wash")]
    pairs += [(f"{name}-ink", f"{name}-wash") for name in ("persimmon", "plum", "sky", "mustard", "success", "danger")]
    pairs += [(f"{name}-ink", "paper") for name in ("persimmon", "plum", "sky", "mustard", "success", "danger")]
    for scheme in (0, 1):
        for text, ground in pairs:
            front, back = (_luminance(tokens[name].split(", ")[scheme]) for name in (text, ground))
            ratio = (max(front, back) + 0.05) / (min(front, back) + 0.05)
            assert ratio >= 4.5, f"{text} on {ground} in {('light', 'dark')[scheme]}: {ratio:.2f}"


def _luminance(colour: str) -> float:
    """Relative luminance, WCAG 2.2."""
    channels = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
