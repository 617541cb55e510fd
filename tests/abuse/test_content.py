"""Hostile content by the ways it comes in: pages, REST and mail (abuse cases 21 to 26)."""

import csv
import io
import re
import struct
import unicodedata
import zlib
from html.parser import HTMLParser
from urllib.parse import urlsplit

import pytest
from django.core import mail
from django.test import Client
from django.utils.html import escape
from PIL import Image

from community.boards.models import Post, Topic
from community.foundation import markdown
from community.members.models import Member
from community.notifications.models import Letter
from community.notifications.sending import send_due
from community.uploads.models import Upload
from tests.community.foundation.test_markdown import DANGEROUS, HOSTILE
from tests.factories.boards import a_board, a_topic
from tests.factories.members import PASSWORD, a_member, an_operator, logged_in, with_token
from tests.factories.reviews import a_review
from tests.factories.subjects import a_subject

pytestmark = pytest.mark.django_db
INERT = re.compile(r"(https?:|mailto:|/(?!/)|#|\?|%5C|$)")
CODE = {"script", "style", "iframe", "object", "embed", "svg", "math", "base", "form", "meta", "link", "template"}


class Body(HTMLParser):
    """What a browser would make of a text: its tags, outside of anything the page itself holds."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def faults(self) -> list[str]:
        found = [tag for tag, _attributes in self.tags if tag in CODE]
        for tag, attributes in self.tags:
            found += [f"{tag} {name}" for name in attributes if name.startswith("on") or name in {"style", "srcdoc"}]
            found += [
                f"{tag} {name}={attributes[name]}"
                for name in ("href", "src", "action", "formaction")
                if name in attributes and not INERT.match(attributes[name] or "")
            ]
        return found


def api(member: Member, scopes: str = "read write") -> Client:
    return Client(headers=with_token(member, scopes))


def send_topic(member: Member, body: str, title: str = "Hello", **more):
    board = more.pop("board", None) or a_board()
    sent = {"board": board.slug, "title": title, "body": body, **more}
    return api(member).post("/api/v1/topics/", sent, content_type="application/json")


@pytest.mark.parametrize("source", DANGEROUS)
def test_21_a_hostile_text_does_nothing_wherever_it_is_shown(source: str) -> None:
    author = an_operator()
    reply = send_topic(author, source)
    assert reply.status_code == 201
    topic = Topic.objects.get()
    assert Body(reply.json()["html"]).faults() == []
    preview = logged_in(author).post("/posts/preview/", {"body": source}).content.decode()
    assert Body(preview).faults() == []
    page = logged_in(None).get(topic.get_absolute_url()).content.decode()
    [shown] = re.findall(r'<div class="prose post-body">(.*?)</div>', page, re.S)
    assert Body(shown).faults() == []


@pytest.mark.parametrize(
    "words",
    [
        "<script>alert(1)</script>",
        '"><img src=x onerror=alert(1)>',
        "{{ 7|add:7 }} {% csrf_token %}",
        "</title><svg onload=alert(1)>",
        "</script><script>alert(1)</script>",
    ],
)
def test_21_titles_and_names_are_text_on_every_page(words: str) -> None:
    author = a_member(display_name=words[:50], bio=words)
    topic = a_topic(by=author, title=words, body="Plain.", tags=["one"])
    guest = logged_in(None)
    pages = [
        topic.get_absolute_url(),
        "/topics/",
        "/boards/",
        topic.board.get_absolute_url(),
        author.get_absolute_url(),
        "/search/?q=Plain",
        "/feeds/topics.atom",
    ]
    read = {page: guest.get(page) for page in pages}
    assert {page: reply.status_code for page, reply in read.items()} == dict.fromkeys(pages, 200)
    assert escape(words) in read[topic.get_absolute_url()].content.decode()
    for page, reply in read.items():
        text = reply.content.decode()
        assert "<" not in words or words not in text, page
        assert not re.search(r"<(svg|img)[^>]*\son\w+=", text), page


@pytest.mark.parametrize(
    "name", ["deep list", "joined emoji", "towers of accents", "overrides", "unclosed fence", "quotes"]
)
def test_21_floods_are_kept_small_and_tidy(name: str) -> None:
    reply = send_topic(an_operator(), HOSTILE[name])
    assert reply.status_code == 201
    kept = Post.objects.get()
    assert len(kept.html) <= 12 * markdown.LIMIT
    assert not {"\u202e", "\u2066", "\x00"} & set(kept.source)
    assert logged_in(None).get(kept.topic.get_absolute_url()).status_code == 200


@pytest.mark.parametrize(
    ("taken", "twin"),
    [
        ("paul", "pauI"),
        ("mina", "ＭＩＮＡ"),
        ("민아", unicodedata.normalize("NFD", "민아")),
        ("kim", "кim"),
        ("haru", "har\u202eu"),
        ("paul", "раuӏ"),
        ("mina", "mina\ufe0f"),
        ("mina", "m\U000e0101ina"),
        ("민아", "민\u180b아"),
        ("noel", "me"),
        ("noel", "operator"),
        ("noel", "운영자"),
    ],
)
def test_21_no_twin_and_no_reserved_name_joins_or_is_taken_later(taken: str, twin: str) -> None:
    a_member(taken)
    joined = Client().post(
        "/accounts/signup/", {"email": "new@example.org", "username": twin, "password1": PASSWORD, "terms": "on"}
    )
    assert joined.status_code == 200
    other = a_member("sora")
    renamed = api(other).patch("/api/v1/members/me/", {"username": twin}, content_type="application/json")
    assert renamed.status_code in {400, 409}
    other.refresh_from_db()
    assert (other.username, Member.objects.count()) == ("sora", 2)


@pytest.mark.parametrize("path", ["page", "api"])
def test_22_a_megabyte_is_refused_before_it_is_parsed(path: str, monkeypatch) -> None:
    parsed = []
    monkeypatch.setattr(markdown._markdown, "parse", lambda *_args: parsed.append(1))
    author, board, body = a_member(), a_board(), "*_[](" * 200_000
    if path == "api":
        reply = send_topic(author, body, board=board)
        assert reply.status_code in {400, 413}
        assert reply.json()["errors"][0]["attr"] == "body"
    else:
        reply = logged_in(author).post(f"/boards/{board.slug}/new/", {"title": "Long", "body": body})
        assert reply.status_code in {400, 413}
        assert "errorlist" in reply.content.decode() or "invalid-feedback" in reply.content.decode()
    assert (parsed, Topic.objects.count()) == ([], 0)


@pytest.mark.parametrize("size", [5 * 1024 * 1024 + 1, 40 * 1024 * 1024])
def test_22_more_than_a_request_may_hold_is_413_in_one_format(size: int) -> None:
    reply = api(a_member()).post(
        "/api/v1/topics/", b'{"body": "' + b"a" * size + b'"}', content_type="application/json"
    )
    assert (reply.status_code, reply.json()["errors"][0]["code"]) == (413, "too_large")


@pytest.mark.parametrize(
    "words", ["a" * 100_000, "가" * 5_000, '"' * 3_000, "(" * 3_000, "in:" * 2_000], ids=lambda words: words[:2]
)
def test_22_an_endless_search_is_refused_unread(words: str) -> None:
    guest = Client()
    assert guest.get("/search/", {"q": words}).status_code == 413
    assert guest.get("/api/v1/search/", {"q": words}).status_code in {400, 413}


def test_23_a_name_and_a_title_put_no_line_and_no_link_into_a_letter(server, relay) -> None:
    author = a_member("dami", language="en", email="dami@example.org")
    evil = a_member("nari", display_name="http://evil.example")
    topic = a_topic(by=author, title="Rain\r\nBcc: all@example.com see www.evil.example/x")
    reply = api(evil).post(
        f"/api/v1/topics/{topic.pk}/posts/",
        {"body": "Yes.", "reply_to": str(topic.posts.get().pk)},
        content_type="application/json",
    )
    assert reply.status_code == 201
    relay()
    assert Letter.objects.filter(member=author).count() == 1
    assert send_due() == {"sent": 1}
    [letter] = server.messages
    assert server.recipients == ["dami@example.org"]
    assert letter["Bcc"] is None
    assert "\n" not in letter["Subject"].strip()
    words = letter.get_body(("plain",)).get_content()
    links = re.findall(r"(?i)(?:https?://|www\.)[a-z0-9][^\s>]+", words)
    assert {urlsplit(link).hostname for link in links} == {"madang.example"}
    html = letter.get_body(("html",)).get_content()
    assert {urlsplit(link).hostname for link in re.findall(r'href="([^"]+)"', html)} == {"madang.example"}


@pytest.mark.parametrize("field", ["email", "username"])
def test_23_sign_up_sends_to_no_second_address(field: str) -> None:
    values = {"email": "mina@example.org", "username": "mina", "password1": PASSWORD, "terms": "on"}
    values[field] += "\r\nBcc: all@example.com"
    assert Client().post("/accounts/signup/", values).status_code == 200
    assert (mail.outbox, Member.objects.count()) == ([], 0)


def test_24_no_cell_of_a_csv_file_is_a_formula() -> None:
    subject = a_subject('=HYPERLINK("https://evil.example")')
    a_review(subject, by=a_member(display_name="=cmd|' /C calc'!A0"), body="@SUM(1+1)*cmd|' /C calc'!A0")
    reply = logged_in(None).get(f"/subjects/{subject.slug}/ratings.csv")
    assert reply.status_code == 200
    assert reply["X-Content-Type-Options"] == "nosniff"
    assert reply["Content-Disposition"].startswith("attachment")
    rows = list(csv.reader(io.StringIO(b"".join(reply.streaming_content).decode())))
    assert len(rows) == 2
    assert [cell for row in rows for cell in row if cell[:1] in {"=", "+", "-", "@", "\t", "\r"}] == []


ELSEWHERE = [
    "https://evil.example/",
    "//evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "https:evil.example",
    "javascript:alert(1)",
    "http://testserver@evil.example/",
    "/%09/evil.example",
    "\t//evil.example",
    "https://testserver.evil.example/",
]


@pytest.mark.parametrize("target", ELSEWHERE)
def test_25_no_form_leads_out_of_the_site(target: str) -> None:
    a_member("mina", password=PASSWORD)
    client = Client()
    landed = [
        client.post("/accounts/login/", {"login": "mina", "password": PASSWORD, "next": target}),
        client.post("/language/", {"language": "en", "next": target}),
        client.post("/accounts/reauthenticate/", {"password": PASSWORD, "next": target}),
        client.post("/accounts/logout/", {"next": target}),
    ]
    assert [reply.status_code for reply in landed] == [302] * 4
    for reply in landed:
        assert leads_inside(reply["Location"]), reply["Location"]


@pytest.mark.parametrize("target", ELSEWHERE)
def test_25_who_must_log_in_first_is_sent_back_inside(target: str) -> None:
    board = a_board()
    for reply in (
        Client().get(f"/boards/{board.slug}/new/", {"next": target}),
        Client().post(f"/topics/{a_topic().pk}/reply/", {"body": "x"}, headers={"Referer": target}),
    ):
        assert (reply.status_code, urlsplit(reply["Location"]).path) == (302, "/accounts/login/")
        member = a_member(password=PASSWORD)
        client = Client()
        logged = client.post(reply["Location"], {"login": member.username, "password": PASSWORD})
        assert leads_inside(logged["Location"]), logged["Location"]


def leads_inside(address: str) -> bool:
    """As browsers read it: they drop tabs and line ends and take a backslash for a slash."""
    seen = re.sub(r"[\t\r\n]", "", address).strip().replace("\\", "/")
    return bool(re.match(r"/(?!/)", seen)) or urlsplit(seen).netloc == "testserver"


def a_picture(format: str = "PNG", size: tuple[int, int] = (40, 30), **options) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "#1f6b57").save(out, format, **options)
    return out.getvalue()


def claiming(width: int, height: int) -> bytes:
    """A PNG whose header promises more than its data hold."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    data = chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + data


def send_file(member: Member, content: bytes, name: str = "picture.png", kind: str = "image/png"):
    file = io.BytesIO(content)
    file.name, file.content_type = name, kind
    return api(member).post("/api/v1/uploads/", {"file": file})


@pytest.fixture
def own_media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


REFUSED = {
    "svg": (b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', 400),
    "page": (b"<html><script>alert(1)</script></html>", 400),
    "archive": (b"PK\x03\x04" + b"\0" * 60, 400),
    "wrong type": (a_picture("BMP"), 400),
    "cut off": (a_picture("PNG", (300, 300))[:200], 400),
    "100 megapixels": (claiming(10_000, 10_000), 413),
    "bomb": (claiming(50_000, 50_000), 413),
    "ten megabytes": (a_picture() + b"\0" * 10 * 1024 * 1024, 413),
    "nothing": (b"", 400),
}


@pytest.mark.parametrize("name", REFUSED)
def test_26_what_is_no_harmless_picture_is_refused_and_leaves_no_file(name: str, own_media) -> None:
    content, status = REFUSED[name]
    reply = send_file(a_member(), content)
    assert reply.status_code == status, reply.content
    assert reply.json()["errors"][0]["code"]
    assert (Upload.objects.count(), [path for path in own_media.rglob("*") if path.is_file()]) == (0, [])


@pytest.mark.parametrize(
    "name",
    [
        "../../../etc/passwd.png",
        "..\\..\\boot.png",
        "a\r\nX-Evil: 1.png",
        "evil.svg",
        "page.html",
        "\u202egnp.exe",
        'x"; filename="y.html',
    ],
)
def test_26_of_a_polyglot_with_a_hostile_name_only_the_pixels_are_served(name: str, own_media) -> None:
    exif = Image.Exif()
    exif[0x010F] = "SecretCamera"
    exif.get_ifd(0x8825).update({1: "N", 2: (37.0, 33.0, 59.0)})
    evil = b"<script>alert(document.cookie)</script>"
    owner = a_member()
    reply = send_file(owner, a_picture("JPEG", exif=exif, comment=evil) + evil + b"PK\x03\x04", name, "text/html")
    assert reply.status_code == 201
    for path in own_media.rglob("*"):
        assert own_media in path.resolve().parents
        assert path.is_dir() or path.suffix == ".webp"
    served = logged_in(owner).get(reply.json()["url"])
    body = b"".join(served.streaming_content)
    assert body[:4] == b"RIFF"
    assert not re.search(rb"script|Secret|PK\x03\x04|Exif", body)
    assert (served["Content-Type"], served["X-Content-Type-Options"]) == ("image/webp", "nosniff")
    assert served["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert served["Content-Disposition"].startswith("inline; filename")
    assert ".webp" in served["Content-Disposition"]
    assert "X-Evil" not in served.headers
    assert not re.search(r"\.(html|svg|exe|png)\"?$", served["Content-Disposition"])


def test_26_an_animated_bomb_costs_one_frame(own_media) -> None:
    frames = [Image.new("P", (4000, 4000), number % 250) for number in range(12)]
    out = io.BytesIO()
    frames[0].save(out, "GIF", save_all=True, append_images=frames[1:], duration=20)
    reply = send_file(a_member(), out.getvalue(), "a.gif", "image/gif")
    assert reply.status_code == 201
    kept = Upload.objects.get()
    with Image.open(own_media / kept.path()) as picture:
        assert getattr(picture, "n_frames", 1) == 1
    assert max(kept.width, kept.height) <= 4000
