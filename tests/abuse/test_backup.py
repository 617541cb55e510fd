"""A backup that nobody restored is a hope (abuse case 37): what people wrote is there again, and every count is true."""

import json
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import call_command

from community.boards.models import Board, Topic
from community.foundation import counters
from community.reactions.models import Tally
from community.subjects.models import Subject
from tests.config.running import Running, manage
from tests.config.test_backups import crawled
from tests.factories.boards import a_post, a_topic
from tests.factories.reactions import a_reaction
from tests.factories.reviews import a_review
from tests.factories.subjects import a_subject

WRITE = """
from tests.factories.boards import a_post, a_topic
from tests.factories.members import a_member
from tests.factories.reactions import a_reaction
from tests.factories.reviews import a_review
topic = a_topic(title="The well in the yard", body="Who draws water first?")
for _number in range(3):
    a_reaction(post=a_post(topic, body="I do."))
a_review(by=a_member())
"""
COUNT = """
import json
from django.apps import apps
print(json.dumps({model._meta.label: model._base_manager.count() for model in apps.get_models()
                  if model._meta.app_label.startswith("community_") and model._base_manager.exists()}))
"""


@pytest.fixture
def places() -> Iterator[tuple[Path, Path]]:
    folder = Path(tempfile.mkdtemp(prefix="madang-37-"))
    yield folder / "first", folder / "second"
    for data in (folder / "first", folder / "second"):
        Running(data).all_gone()
    shutil.rmtree(folder, ignore_errors=True)


def done(told) -> str:
    assert told.returncode == 0, told.stderr[-2000:]
    return told.stdout


def rows(data: Path) -> dict[str, int]:
    return json.loads(done(manage(data, "shell", "-v", "0", "-c", COUNT)).strip().splitlines()[-1])


@pytest.mark.timeout(900)
def test_37_a_restored_site_holds_what_was_written_and_its_counters_are_true(places: tuple[Path, Path]) -> None:
    first, second = places
    done(manage(first, "setup", "--no-input", "--name", "Yard"))
    done(manage(first, "shell", "-v", "0", "-c", WRITE))
    before = rows(first)
    assert (
        before["community_boards.Topic"],
        before["community_boards.Post"],
        before["community_reactions.Reaction"],
    ) == (1, 4, 3)
    done(manage(first, "backup", str(first.parent / "site.tar")))
    done(manage(second, "restore", str(first.parent / "site.tar")))
    assert rows(second) == before
    assert done(manage(second, "recount", "--check")).strip().endswith("0 rows differed")
    site = Running(second).start()
    try:
        status, page = site.get("topics/")
        assert (status, b"The well in the yard" in page) == (200, True)
        assert crawled(site) == {}
    finally:
        site.stop()


@pytest.mark.django_db
def test_37_every_counter_is_found_out_and_mended_by_the_command(capsys) -> None:
    topic = a_topic()
    a_reaction(post=a_post(topic))
    a_review(a_subject())
    call_command("recount", "--check")
    Topic.objects.update(post_count=99, score=77)
    Board.objects.update(topic_count=55)
    Subject.objects.update(rating_4=9)
    Tally.objects.update(like=8)
    with pytest.raises(SystemExit) as told:
        call_command("recount", "--check")
    assert told.value.code == 1
    said = capsys.readouterr().out
    for counter in ("Topic.post_count", "Topic.score", "Board.topic_count", "Subject.rating_4", "Tally.like"):
        assert f"{counter}: 1 rows differed" in said, said
    call_command("recount")
    call_command("recount", "--check")
    topic.refresh_from_db()
    assert topic.post_count == 2
    assert [counter.field for counter in counters.all_counters() if counter.wrong().exists()] == []
