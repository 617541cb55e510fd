"""Someone who wrote, reviewed, reacted, voted and uploaded leaves: words stay, the person goes, counts stay true."""

import pytest
from django.core.files.storage import default_storage

from community.boards.models import Post
from community.drafts.models import Draft
from community.foundation.counters import all_counters
from community.members import erasure, export, leaving
from community.members.models import Member
from community.reactions.models import Reaction
from tests.community.members.test_leaving import places_of
from tests.factories.boards import a_board, a_post, a_topic
from tests.factories.ideas import an_idea
from tests.factories.members import a_member, logged_in
from tests.factories.reactions import a_reaction
from tests.factories.reviews import a_review
from tests.factories.uploads import an_upload

pytestmark = pytest.mark.django_db
CANARY = "canaryofnoel"


def test_words_stay_under_former_member_and_every_count_is_true(relay):
    noel, other = a_member(CANARY, display_name=CANARY, email=f"{CANARY}@example.org"), a_member()
    board = a_board()
    topic = a_topic(board=board, by=noel, body="Bread is best at seven.")
    a_post(topic, by=other)
    a_post(a_topic(board=board, by=other), by=noel)
    a_reaction(by=noel)
    a_reaction(post=topic.posts.first(), by=other)
    an_idea(by=noel)
    review = a_review(by=noel)
    upload = an_upload(owner=noel)
    Draft.objects.create(member=noel, key="topic:x", body=CANARY)
    while relay():
        pass
    files = [stored for _name, stored in export.files(noel)]
    leaving.ask_for_erasure(by=noel)
    while relay():
        pass
    assert places_of(CANARY) == []
    page = logged_in(None).get(topic.get_absolute_url()).content.decode()
    assert "Bread is best at seven." in page
    assert CANARY not in page
    assert not Reaction.objects.filter(member=noel).exists()
    assert not type(upload).objects.filter(pk=upload.pk, owner__isnull=False).exists()
    assert not any(default_storage.exists(name) for name in files)
    assert Post.objects.filter(author__isnull=False, author=noel).count() == 0
    review.refresh_from_db()
    assert review.author.shown_name == "탈퇴한 회원"
    assert [f"{c.model}.{c.field}" for c in all_counters() if c.wrong().exists()] == []


def test_what_a_handler_overlooks_is_swept():
    noel = a_member()
    Draft.objects.create(member=noel, key="topic:x", body="left behind")
    handed = [field for field in export.keys_to_member() if erasure.is_handed_over(field)]
    assert "community_drafts.Draft.member" in {export.name_of(field) for field in handed}
    erasure.run_all(noel)
    assert Draft.objects.filter(member=noel).exists()
    erasure.sweep(Member.objects.get(pk=noel.pk))
    assert not Draft.objects.filter(member=noel).exists()
