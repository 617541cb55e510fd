"""Giving reactions and taking them back."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from community.boards.models import Post, Topic
from community.boards.removing import hide, remove_post
from community.foundation import clock
from community.foundation.problems import NotThere
from community.members.errors import AllowanceSpent, Silenced
from community.members.ignoring import ignore
from community.outbox.models import Delivery
from community.reactions.errors import OwnPost, PostGone
from community.reactions.models import Reaction, Tally
from community.reactions.reacting import forget_reactions, react, unreact
from tests.factories.boards import a_board, a_post, a_private_board, a_topic, let_moderate
from tests.factories.members import a_member
from tests.factories.reactions import a_reaction

pytestmark = pytest.mark.django_db


def test_a_reaction_counts_on_its_post():
    post, member = a_post(), a_member()
    tally = react(by=member, post_id=post.pk, kind="thanks")
    assert tally.counts == {"like": 0, "thanks": 1, "agree": 0, "laugh": 0, "surprise": 0, "sorry": 0}
    post.refresh_from_db()
    assert post.reaction_count == 1
    assert Topic.objects.get(pk=post.topic_id).score == 0


def test_a_reaction_to_the_opening_post_is_a_point_of_its_topic():
    topic = a_topic()
    before = Topic.objects.get(pk=topic.pk).hot
    a_reaction(post=topic.posts.get(number=1))
    topic.refresh_from_db()
    assert topic.score == 1
    assert topic.hot > before


def test_the_same_kind_again_changes_nothing_and_another_kind_adds():
    post, member = a_post(), a_member()
    for kind in ("like", "like", "agree"):
        tally = react(by=member, post_id=post.pk, kind=kind)
    assert (tally.like, tally.agree, Reaction.objects.count()) == (1, 1, 2)


def test_it_is_taken_back_and_taking_back_again_changes_nothing():
    reaction = a_reaction()
    for _time in range(2):
        tally = unreact(by=reaction.member, post_id=reaction.post_id, kind="like")
    assert tally.like == 0
    assert Post.objects.get(pk=reaction.post_id).reaction_count == 0


def test_one_s_own_post_is_not_for_oneself():
    post = a_post()
    with pytest.raises(OwnPost):
        react(by=post.author, post_id=post.pk, kind="like")
    assert not Reaction.objects.exists()


def test_what_one_may_not_see_is_not_there():
    author = a_member()
    post = a_post(a_topic(board=a_private_board(author), by=author), by=author)
    with pytest.raises(NotThere):
        react(by=a_member(), post_id=post.pk, kind="like")
    assert not Reaction.objects.exists()


def test_an_unknown_kind_is_not_there():
    with pytest.raises(NotThere):
        react(by=a_member(), post_id=a_post().pk, kind="hate")


def test_a_removed_post_takes_no_reaction_even_of_who_still_sees_it():
    moderator = a_member()
    board = a_board(moderator=moderator)
    post = a_post(a_topic(board=board))
    remove_post(by=post.author, post=post)
    with pytest.raises(PostGone):
        react(by=moderator, post_id=post.pk, kind="like")
    assert not Reaction.objects.exists()


def test_a_silenced_member_does_not_react_but_may_take_back():
    reaction = a_reaction()
    member = reaction.member
    member.silenced_until = clock.now() + dt.timedelta(days=1)
    member.save()
    with pytest.raises(Silenced):
        react(by=member, post_id=reaction.post_id, kind="agree")
    assert unreact(by=member, post_id=reaction.post_id, kind="like").like == 0


def test_a_flood_of_reactions_is_held():
    member = a_member(trust_level=0)
    posts = [a_post() for _number in range(31)]
    for post in posts[:30]:
        react(by=member, post_id=post.pk, kind="like")
    with pytest.raises(AllowanceSpent):
        react(by=member, post_id=posts[30].pk, kind="like")
    assert Reaction.objects.count() == 30


def test_the_author_s_app_is_told_once():
    member, post = a_member(), a_post()
    for _time in range(2):
        react(by=member, post_id=post.pk, kind="like")
    told = Delivery.objects.filter(topic="reaction.given")
    assert told.count() <= told.values("handler").distinct().count()


def test_a_reader_does_not_see_the_reactions_of_whom_they_ignore():
    reaction, reader = a_reaction(), a_member()
    ignore(by=reader, member=reaction.member)
    assert not Reaction.objects.visible_to(reader).exists()
    assert Reaction.objects.visible_to(a_member()).get() == reaction


def test_reactions_to_a_hidden_post_are_hidden_with_it():
    moderator = a_member()
    board = a_board(moderator=moderator)
    reaction = a_reaction(post=a_post(a_topic(board=board)))
    hide(target=reaction.post, by=moderator, reason="Off topic")
    assert not Reaction.objects.visible_to(a_member()).exists()


def test_the_reactions_of_a_member_who_leaves_are_taken_back():
    topic, member, other = a_topic(), a_member(), a_member()
    opening = topic.posts.get(number=1)
    a_reaction(post=opening, by=member)
    a_reaction(post=opening, by=member, kind="agree")
    a_reaction(post=opening, by=other)
    assert forget_reactions(member_id=member.pk) == 2
    assert forget_reactions(member_id=member.pk) == 0
    assert Tally.objects.get(post=opening).counts["like"] == 1
    topic.refresh_from_db()
    assert topic.score == 1


def test_the_database_holds_one_a_kind_and_known_kinds():
    reaction = a_reaction()
    row = {"post": reaction.post, "member": reaction.member, "created_at": clock.now()}
    with pytest.raises(IntegrityError, match="reactions_once_a_kind"), transaction.atomic():
        Reaction.objects.create(kind="like", **row)
    with pytest.raises(IntegrityError, match="reactions_known_kind"), transaction.atomic():
        Reaction.objects.create(kind="hate", **row)


def test_a_moderator_of_the_board_sees_them_all():
    moderator = a_member()
    board = a_board()
    let_moderate(moderator, board)
    reaction = a_reaction(post=a_post(a_topic(board=board)))
    assert Reaction.objects.visible_to(moderator).get() == reaction
