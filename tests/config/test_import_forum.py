"""A forum in a file becomes boards, topics and posts; what is wrong with a line is said and the rest goes in."""

import csv
import gzip
import json

import pytest
from django.core.management import CommandError, call_command

from community.boards.models import Board, Post, Topic
from community.foundation import counters
from community.members.models import Member
from config.forum_import import running
from tests.factories.members import a_member

pytestmark = pytest.mark.django_db
MEMBER = {"type": "member", "id": 7, "username": "mina", "display_name": "미나", "joined_at": "2019-04-01T09:00:00Z"}
BOARD = {"type": "board", "id": "talk", "slug": "talk", "name": "Talk", "name_ko": "이야기"}
TOPIC = {
    "type": "topic", "id": 101, "board": "talk", "author": 7, "title": "우물가 소식", "body": "물이 **맑아요**.",
    "created_at": "2020-05-01T10:00:00+09:00", "tags": ["물"],
}  # fmt: skip
POST = {"type": "post", "id": 9001, "topic": 101, "author": 7, "body": "오늘도요.", "created_at": "2020-05-02T10:00:00"}
ANSWER = {**POST, "id": 9002, "author": None, "body": "정말요?", "reply_to": 9001, "created_at": "2020-05-03T10:00:00Z"}
FORUM = [MEMBER, BOARD, TOPIC, POST, ANSWER]


@pytest.fixture
def take(tmp_path, capsys):
    """Import these lines (objects, or raw bytes); gives exit code, last line and refusals."""

    def run(lines, *options, packed=False):
        raw = b"\n".join(line if isinstance(line, bytes) else json.dumps(line).encode() for line in lines) + b"\n"
        file, refused = tmp_path / "forum.jsonl", tmp_path / "refused.csv"
        file.write_bytes(gzip.compress(raw) if packed else raw)
        code = 0
        try:
            call_command("import_forum", str(file), "--refused", str(refused), *options)
        except SystemExit as end:
            code = end.code
        with refused.open(encoding="utf-8") as paper:
            rows = [(int(row["line"]), row["reason"]) for row in csv.DictReader(paper)]
        return code, capsys.readouterr().out.strip().splitlines()[-1].split(" →")[0], rows

    return run


def wrong_counters():
    return [(each.model, each.field) for each in counters.all_counters() if each.wrong().exists()]


@pytest.mark.parametrize("packed", [False, True])
def test_a_forum_is_taken_over_whole(take, packed):
    assert take(FORUM, packed=packed) == (0, "imported 5, updated 0, refused 0", [])
    topic = Topic.objects.get()
    opening, post, answer = topic.posts.order_by("number")
    assert (topic.title, topic.author.username, topic.post_count, topic.poster_count) == ("우물가 소식", "mina", 3, 1)
    assert opening.html == "<p>물이 <strong>맑아요</strong>.</p>"
    assert (answer.reply_to, answer.author, topic.bumped_at) == (post, None, answer.created_at)
    assert opening.pk < post.pk < answer.pk
    assert [used.tag.slug for used in topic.topic_tags.all()] == ["물"]
    member = Member.objects.get(username="mina")
    assert (member.email, member.has_usable_password(), member.display_name) == (None, False, "미나")
    assert Topic.objects.visible_to(None).count() == 1
    assert wrong_counters() == []


def test_again_it_changes_nothing_and_then_only_what_differs(take):
    take(FORUM)
    assert take(FORUM)[1] == "imported 0, updated 0, refused 0"
    changed = [MEMBER, BOARD, {**TOPIC, "title": "새 소식"}, {**POST, "body": "내일도요."}, ANSWER]
    assert take(changed)[1] == "imported 0, updated 2, refused 0"
    assert (Topic.objects.get().title, Post.objects.get(number=2).source) == ("새 소식", "내일도요.")
    assert (Topic.objects.count(), Post.objects.count(), Board.objects.count()) == (1, 3, 1)
    assert wrong_counters() == []


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b"{", "not JSON"),
        (b"[1]", "not a JSON object"),
        (b'{"type": "post", "body": "\xff"}', "not UTF-8"),
        (b'{"type": "' + b"x" * 1_000_001 + b'"}', "longer than"),
        ({**POST, "type": "letter"}, "“type”"),
        ({key: value for key, value in POST.items() if key != "body"}, "“body” is missing"),
        ({**POST, "body": 5}, "“body” is no text"),
        ({**POST, "body": " \u0000 "}, "“body” is empty"),
        ({**POST, "body": "가" * 20_001}, "longer than 20,000"),
        ({**POST, "created_at": "yesterday"}, "no date"),
        ({**POST, "created_at": "2999-01-01"}, "in the future"),
        ({**POST, "created_at": 10**30}, "no date"),
        ({**POST, "topic": 999}, "no topic “999”"),
        ({**POST, "author": 999}, "no member “999”"),
        ({**POST, "reply_to": 999}, "no post “999”"),
        ({**POST, "id": True}, "“id”"),
        ({**POST, "id": "x" * 81}, "“id”"),
        ({**TOPIC, "id": 5, "board": "none"}, "no board “none”"),
        ({**TOPIC, "id": 5, "title": ""}, "“title” is empty"),
        ({**TOPIC, "id": 5, "tags": "물"}, "“tags”"),
        ({**TOPIC, "id": 5, "locked": "no"}, "“locked”"),
        ({**BOARD, "slug": "a/b"}, "“slug”"),
        ({**BOARD, "kind": "complaint"}, "“kind”"),
    ],
)
def test_a_line_that_is_wrong_is_refused_and_the_rest_goes_in(take, line, reason):
    code, last, refused = take([MEMBER, BOARD, TOPIC, line, {**POST, "id": 9003}])
    assert (code, last) == (3, "imported 4, updated 0, refused 1")
    assert [number for number, _why in refused] == [4]
    assert reason in refused[0][1]
    assert wrong_counters() == []


def test_an_account_is_not_taken_over_by_a_name(take):
    a_member("mina")
    code, last, refused = take([MEMBER, BOARD, TOPIC])
    assert (code, last) == (3, "imported 1, updated 0, refused 2")
    assert "--match-members" in refused[0][1]
    assert take([MEMBER, BOARD, TOPIC], "--match-members")[1] == "imported 1, updated 0, refused 0"
    assert Topic.objects.get().author.username == "mina"


def test_a_closed_board_is_open_to_nobody_yet(take):
    take([MEMBER, {**BOARD, "open": False}, TOPIC])
    assert not Topic.objects.visible_to(a_member()).exists()


def test_killed_half_way_it_goes_on_where_it_stopped(take, monkeypatch):
    monkeypatch.setattr(running, "BATCH", 3)
    store = running.Store.store
    calls = []

    def killed(self, entries):
        calls.append(entries)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return store(self, entries)

    monkeypatch.setattr(running.Store, "store", killed)
    with pytest.raises(KeyboardInterrupt):
        take(FORUM)
    assert (Topic.objects.count(), Post.objects.count()) == (1, 1)
    assert take(FORUM)[1] == "imported 2, updated 0, refused 0"
    assert Post.objects.count() == 3
    assert wrong_counters() == []


def test_a_file_that_cannot_be_read_is_said_in_a_sentence(tmp_path):
    with pytest.raises(CommandError) as refused:
        call_command("import_forum", str(tmp_path / "none.jsonl"))
    assert refused.value.returncode == 2
