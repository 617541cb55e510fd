"""A backup that nobody restored is a hope (abuse case 37): what people wrote is there again, and every count is true."""

from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command
from django.test import Client

from community.boards.models import Board, Post, Topic
from community.foundation import counters
from community.reactions.models import Reaction, Tally
from community.subjects.models import Subject
from tests.factories.boards import a_post, a_topic
from tests.factories.reactions import a_reaction
from tests.factories.reviews import a_review
from tests.factories.subjects import a_subject
from tests.factories.uploads import an_upload


def rows() -> dict[str, int]:
    """How many rows each of our tables holds."""
    ours = [model for model in apps.get_models() if model._meta.app_label.startswith("community_")]
    return {model._meta.label: model._base_manager.count() for model in ours}


@pytest.mark.django_db(transaction=True)
def test_37_what_was_lost_is_there_again_and_the_counters_are_true(settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"
    topic = a_topic(title="The well in the yard", body="Who draws water first?")
    for _number in range(3):
        a_reaction(post=a_post(topic, body="I do."))
    a_review(a_subject())
    picture = settings.MEDIA_ROOT / an_upload().path()
    content, before = picture.read_bytes(), rows()
    call_command("backup", str(tmp_path / "site.tar"))
    Reaction.objects.all().delete()
    Post.objects.update(source="spoiled", html="spoiled")
    Topic.objects.update(title="spoiled", post_count=99)
    picture.unlink()
    call_command("restore", str(tmp_path / "site.tar"), "--replace")
    assert rows() == before
    assert picture.read_bytes() == content
    call_command("recount", "--check")
    page = Client().get(topic.get_absolute_url()).content.decode()
    assert "The well in the yard" in page
    assert "Who draws water first?" in page
    assert "spoiled" not in page
    a_post(topic, body="Written after all.")
    call_command("recount", "--check")


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
