"""What looks the same is drawn once; what differs is drawn apart."""

import pytest
from django.template import Context, Template
from django.utils import timezone, translation

from community.foundation.prepared import KeySaysTooLittle
from community.foundation.templatetags import drawn


@pytest.fixture
def kept(monkeypatch, settings) -> dict:
    kept: dict = {}
    monkeypatch.setattr(drawn, "_kept", kept)
    settings.KEYS_CHECKED = False
    return kept


def show(source: str, **context) -> str:
    return Template("{% load drawn i18n %}" + source).render(Context(context))


def test_the_same_values_are_drawn_once(kept) -> None:
    template = Template("{% load drawn %}{% drawn key %}{{ text }}{% enddrawn %}")
    assert template.render(Context({"key": (1, "a"), "text": "first"})) == "first"
    assert template.render(Context({"key": (1, "a"), "text": "second"})) == "first"
    assert template.render(Context({"key": (1, "b"), "text": "second"})) == "second"


def test_values_that_say_too_little_are_found_out_at_the_second_use(kept, settings) -> None:
    settings.KEYS_CHECKED = True
    template = Template("{% load drawn %}{% drawn key %}same\n{{ text }}{% enddrawn %}")
    for _ in range(2):
        assert template.render(Context({"key": 1, "text": "mine"})) == "same\nmine"
    with pytest.raises(KeySaysTooLittle, match="kept 'mine', now 'yours'"):
        template.render(Context({"key": 1, "text": "yours"}))


def test_two_blocks_of_a_template_are_kept_apart(kept) -> None:
    assert show("{% drawn 1 %}one{% enddrawn %}{% drawn 1 %}two{% enddrawn %}") == "onetwo"


def test_language_and_time_zone_are_kept_apart(kept) -> None:
    template = Template("{% load drawn %}{% drawn 1 %}{{ text }}{% enddrawn %}")
    seen = []
    for language, zone in (("ko", "Asia/Seoul"), ("en", "Asia/Seoul"), ("en", "Europe/Berlin"), ("en", "Asia/Seoul")):
        with translation.override(language), timezone.override(zone):
            seen.append(template.render(Context({"text": f"{language} {zone}"})))
    assert seen == ["ko Asia/Seoul", "en Asia/Seoul", "en Europe/Berlin", "en Asia/Seoul"]
    assert len(kept) == 3


def test_without_a_key_it_is_drawn_anew(kept) -> None:
    template = Template("{% load drawn %}{% drawn key %}{{ text }}{% enddrawn %}")
    assert [template.render(Context({"key": None, "text": text})) for text in "ab"] == ["a", "b"]
    assert kept == {}


def test_what_is_kept_stays_escaped_and_bounded(kept, monkeypatch) -> None:
    monkeypatch.setattr(drawn, "MOST", 2)
    template = Template("{% load drawn %}{% drawn text %}{{ text }}{% enddrawn %}")
    assert [template.render(Context({"text": text})) for text in ("<1>", "<2>", "<3>", "<3>")] == [
        "&lt;1&gt;",
        "&lt;2&gt;",
        "&lt;3&gt;",
        "&lt;3&gt;",
    ]
    assert len(kept) == 2


FORM = "{% drawn 1 %}<form>{% csrf_token %}</form>{% enddrawn %}"


def test_each_page_puts_its_own_token_into_a_form_that_was_drawn_once(kept) -> None:
    template = Template("{% load drawn %}" + FORM)
    first, second = (template.render(Context({"csrf_token": token})) for token in ("mine", "yours"))
    assert first == '<form><input type="hidden" name="csrfmiddlewaretoken" value="mine"></form>'
    assert second == first.replace("mine", "yours")
    assert len(kept) == 1
    assert "mine" not in str(kept)


def test_a_form_within_a_block_within_a_block_gets_the_token_too(kept) -> None:
    template = Template("{% load drawn %}{% drawn 2 %}<p>" + FORM + "</p>{% enddrawn %}")
    assert ['value="mine"' in template.render(Context({"csrf_token": "mine"})) for _ in range(2)] == [True, True]
    assert drawn.TOKEN not in template.render(Context({"csrf_token": "mine"}))
