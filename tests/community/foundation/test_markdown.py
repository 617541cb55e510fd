"""What a member writes becomes safe HTML, in bounded work, with everything it points to."""

import re
import unicodedata
from html.parser import HTMLParser

import pytest

from community.foundation import markdown
from community.foundation.characters import excerpt, tidy
from community.foundation.markdown import Found, TooLong, render

pytestmark = pytest.mark.django_db
UPLOAD = "01890a5d-ac96-774b-bcce-b302099a8057"


def resolve(kind, keys):
    if kind == "member":
        return {name: Found(f"/members/{name}/", name=name) for name in keys & {"나무", "kim"}}
    return {key: Found(f"/uploads/{key}/", 640, 480) for key in keys if key == UPLOAD}


def test_it_writes_paragraphs_and_keeps_line_ends():
    assert render("**굵게** 그리고\n_기울여_").html == "<p><strong>굵게</strong> 그리고<br>\n<em>기울여</em></p>"


def test_headings_start_below_those_of_the_page():
    assert render("# 하나\n\n###### 여섯").html == "<h3>하나</h3><h6>여섯</h6>"


def test_links_out_say_that_nobody_vouches_for_them():
    done = render("[밖](https://a.example/x) [안](/boards/)")
    assert done.html == (
        '<p><a href="https://a.example/x" rel="ugc nofollow noopener">밖</a> <a href="/boards/">안</a></p>'
    )
    assert done.links == ("https://a.example/x",)


def test_links_to_this_site_are_not_links_out(settings):
    settings.SITE_URL = "https://madang.example"
    done = render("https://madang.example/topics/ https://madang.example.evil.example/")
    assert done.links == ("https://madang.example.evil.example/",)


@pytest.mark.parametrize("address", ["//evil.example", "HTTPS://evil.example", "\\\\\\\\evil.example/"])
def test_no_spelling_of_an_outer_address_escapes_the_mark(address):
    for anchor in re.findall("<a [^>]*>", render(f"[x]({address})").html):
        assert "nofollow" in anchor or 'href="%5C' in anchor


@pytest.mark.parametrize(
    ("source", "url"),
    [
        ("https://a.example/b_c_d을 보세요", "https://a.example/b_c_d"),
        ("(https://a.example/b(c)).", "https://a.example/b(c)"),
        ("보세요: http://a.example/?q=1&r=2.", "http://a.example/?q=1&amp;r=2"),
    ],
)
def test_a_bare_address_is_a_link_without_the_sentence_around_it(source, url):
    assert f'<a href="{url}" rel="ugc nofollow noopener">{url}</a>' in render(source).html


def test_mentions_are_those_that_exist_particles_aside():
    done = render("@나무에게, @kim님이 아니라 @nobody 그리고 a@kim.example", resolve=resolve)
    assert done.mentions == ("나무", "kim")
    assert '<a class="mention" href="/members/나무/">@나무</a>에게' in done.html
    assert "@nobody" in done.html
    assert done.html.count("mention") == 2


def test_code_holds_no_mentions_and_no_links():
    done = render("`@kim https://a.example`", resolve=resolve)
    assert (done.mentions, done.links) == ((), ())


def test_only_the_first_fifty_mentions_are_looked_up():
    asked = []

    def counting(kind, keys):
        asked.append(keys)
        return {}

    render(" ".join(f"@m{n:04}" for n in range(1000)), resolve=counting)
    assert [len(keys) for keys in asked] == [markdown.MENTIONS]


def test_uploads_are_shown_and_pictures_elsewhere_become_links():
    done = render(f"![고양이](upload:{UPLOAD}) ![x](https://spy.example/1.png)", resolve=resolve)
    assert done.html == (
        f'<p><img src="/uploads/{UPLOAD}/" alt="고양이" width="640" height="480" loading="lazy"> '
        '<a href="https://spy.example/1.png" rel="ugc nofollow noopener">x</a></p>'
    )
    assert done.images == (UPLOAD,)
    assert done.links == ("https://spy.example/1.png",)


def test_an_upload_that_is_gone_leaves_its_words():
    done = render("![고양이](upload:01890a5d-ac96-774b-bcce-b302099a8058)", resolve=resolve)
    assert done.html == "<p><em>고양이</em></p>"


def test_plain_text_holds_every_word_once():
    done = render("# 제목\n\n> 인용\n\n- 하나\n- **둘**\n\n```\n코드\n```\n\n[링크](https://a.example)\n끝")
    assert done.text == "제목\n인용\n하나\n둘\n코드\n링크\n끝"


def test_twenty_thousand_characters_are_taken_and_no_more():
    assert render("가" * 20_000).text == "가" * 20_000
    with pytest.raises(TooLong):
        render("가" * 20_001)


DANGEROUS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "[a](javascript:alert(1))",
    "[a](JaVaScRiPt:alert(1))",
    "[a](&#106;avascript:alert(1))",
    "[a](java\tscript:alert(1))",
    "[a](\x01javascript:alert(1))",
    "[a](vbscript:msgbox)",
    "[a](data:text/html;base64,PHNjcmlwdD4=)",
    "![a](data:image/svg+xml;base64,PHN2Zz4=)",
    '![a" onerror="alert(1)](upload:01890a5d-ac96-774b-bcce-b302099a8057)',
    "<javascript:alert(1)>",
    '[a](https://x.example "\\" onmouseover=\\"alert(1)")',
    '```js" onload="alert(1)\nx\n```',
    "[a]: javascript:alert(1)\n\n[a]",
    'https://x.example/"onmouseover=alert(1)',
    '@kim"><script>alert(1)</script>',
]
ATTRIBUTES = {"href", "rel", "src", "alt", "title", "loading", "width", "height", "class"}


class Reader(HTMLParser):
    """Reads as a browser would: what is a tag, what an attribute, what mere text."""

    def __init__(self):
        super().__init__()
        self.seen = []

    def handle_starttag(self, tag, attrs):
        self.seen.append((tag, dict(attrs)))


@pytest.mark.parametrize("source", DANGEROUS)
def test_nothing_dangerous_gets_through(source):
    reader = Reader()
    reader.feed(render(source, resolve=resolve).html)
    assert reader.seen
    for tag, attributes in reader.seen:
        assert tag in {"p", "br", "a", "img", "pre", "code", "em"}
        assert set(attributes) <= ATTRIBUTES
        for name in ("href", "src"):
            assert re.match(r"https?://|/(?!/)|%5C", attributes.get(name, "/"))


def to_length(piece):
    return (piece * (markdown.LIMIT // len(piece) + 1))[: markdown.LIMIT]


HOSTILE = {
    "quotes": to_length("> "),
    "brackets": to_length("["),
    "closed brackets": "[" * 10_000 + "]" * 10_000,
    "links": to_length("[]("),
    "pictures": to_length("![a]("),
    "lists in lists": to_length("- "),
    "ten thousand items": to_length("- a\n"),
    "deep list": "\n".join(" " * (2 * depth) + "- a" for depth in range(139)),
    "stars": to_length("*a **b "),
    "mixed emphasis": to_length("*_"),
    "back-ticks": "".join("`" * length + " " for length in range(198)),
    "unclosed fence": to_length("```\n"),
    "entities": to_length("&#x"),
    "angles": to_length("<http:"),
    "wide table": "|" * 500 + "\n" + "|-" * 500 + "\n" + "|\n" * 9000,
    "references": to_length("[a]: b\n"),
    "open references": to_length("[a\n"),
    "lazy quote": "> " * 50 + "a\n" * 9900,
    "underlines": to_length("a\n=\n"),
    "mentions": to_length("@ab "),
    "addresses": to_length("http://a.example/(("),
    "brackets of an address": "http://a.example/" + ")" * 19_000,
    "joined emoji": to_length("👩\u200d"),
    "towers of accents": to_length("a" + "\u0301" * 99),
    "overrides": to_length("\u202eabc"),
    "blank lines": to_length("\n"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_takes_a_bounded_number_of_steps(name, monkeypatch):
    left = {}
    parse = markdown._markdown.parse

    def watched(source, env):
        left.update(env=env)
        return parse(source, env)

    monkeypatch.setattr(markdown._markdown, "parse", watched)
    done = render(HOSTILE[name])
    assert left["env"]["steps"] >= -1
    assert len(done.html) <= 12 * markdown.LIMIT


def test_a_text_too_tangled_to_parse_is_shown_as_it_was_typed():
    source = "> " * 50 + "속\n\n<b>끝"
    assert render(source).html == "<p>" + "&gt; " * 50 + "속</p><p>&lt;b&gt;끝</p>"


def test_tidy_keeps_words_and_drops_tricks():
    assert tidy("a\u202eb\x00c\r\nd\ud800") == "abc\nd"
    assert tidy(unicodedata.normalize("NFD", "마당")) == "마당"
    assert tidy("👩\u200d👩\u200d👧\u200d👦") == "👩\u200d👩\u200d👧\u200d👦"
    assert tidy("👩\u200d" * 1000).count("\u200d") <= 1000 - 1000 // 10
    assert tidy("e" + "\u0331" * 500) == "e" + "\u0331" * 4
    assert tidy("a" + "\u200b" * 500 + "b") == "a\u200bb"


def test_an_excerpt_ends_at_a_word():
    assert excerpt("하나  둘\n셋") == "하나 둘 셋"
    assert excerpt("가나 " * 100, 20) == "가나 가나 가나 가나 가나 가나…"
