"""Ideas: stage, votes, answers by teams, credit."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from community.boards.errors import NotYours, TopicGone
from community.boards.models import Topic
from community.boards.moving import merge_topics, move_topic
from community.boards.removing import hide
from community.foundation import clock, counters
from community.foundation.problems import NotThere
from community.ideas.answering import answer_idea, answering_teams
from community.ideas.errors import DecidedIdea, NotYourIdea, VotingOver, WrongAnswer, WrongStage
from community.ideas.models import AnsweringTeam, Idea, IdeaAnswer, IdeaVote
from community.ideas.proposing import change_stage
from community.ideas.voting import forget_votes, unvote, vote
from community.members.errors import Silenced
from community.outbox.models import Delivery
from tests.factories.boards import a_board, a_private_board, a_topic
from tests.factories.ideas import an_idea
from tests.factories.members import a_member, a_team, an_operator
from tests.factories.reactions import a_reaction
from tests.factories.subjects import a_steward, a_subject

pytestmark = pytest.mark.django_db


def wrong_counters() -> list[str]:
    ours = [counter for counter in counters.all_counters() if counter.model.startswith("community_ideas.")]
    ours += [counter for counter in counters.all_counters() if counter.field == "score"]
    assert [counter.field for counter in ours] == ["vote_count", "score"]
    return [f"{counter.model}.{counter.field}" for counter in ours if counter.wrong().exists()]


def test_a_topic_on_an_idea_board_is_an_idea_with_its_stage():
    idea = an_idea(stage="delivery")
    assert (idea.stage, idea.status, idea.vote_count) == ("delivery", "open", 0)
    assert not Idea.objects.filter(topic=a_topic()).exists()


def test_an_unknown_stage_leaves_no_topic():
    with pytest.raises(WrongStage):
        an_idea(stage="marketing")
    assert not Topic.objects.exists()


def test_the_author_may_name_another_stage_and_others_may_not():
    idea = an_idea()
    change_stage(topic=idea.topic, by=idea.topic.author, stage="making")
    with pytest.raises(NotYours):
        change_stage(topic=idea.topic, by=a_member(), stage="design")
    idea.refresh_from_db()
    assert idea.stage == "making"


def test_a_vote_counts_once_and_is_a_point_of_the_topic():
    idea, member = an_idea(), a_member()
    for _time in range(2):
        assert vote(by=member, topic_id=idea.pk).vote_count == 1
    a_reaction(post=idea.topic.posts.get(number=1))
    assert Topic.objects.get(pk=idea.pk).score == 2
    for _time in range(2):
        assert unvote(by=member, topic_id=idea.pk).vote_count == 0
    assert Topic.objects.get(pk=idea.pk).score == 1
    assert wrong_counters() == []


def test_who_may_not_see_or_speak_does_not_vote():
    author = a_member()
    private = an_idea(board=a_private_board(author, kind="idea"), by=author)
    with pytest.raises(NotThere):
        vote(by=a_member(), topic_id=private.pk)
    with pytest.raises(NotThere):
        vote(by=a_member(), topic_id=a_topic().pk)
    idea = an_idea()
    with pytest.raises(Silenced):
        vote(by=a_member(silenced_until=clock.now() + dt.timedelta(days=1)), topic_id=idea.pk)
    assert not IdeaVote.objects.exists()


def test_a_hidden_idea_takes_no_votes_of_its_author():
    moderator = a_member()
    idea = an_idea(board=a_board(kind="idea", moderator=moderator))
    hide(target=idea.topic, by=moderator, reason="Double")
    with pytest.raises(TopicGone):
        vote(by=idea.topic.author, topic_id=idea.pk)


def test_a_team_answers_with_a_status_and_the_reason():
    speaker = a_member()
    team, idea = a_team(speaker), an_idea()
    AnsweringTeam.objects.create(board=idea.topic.board, team=team)
    said = answer_idea(by=speaker, topic_id=idea.pk, status="planned", answer="Next **spring**.")
    idea.refresh_from_db()
    assert (idea.status, idea.credited_at) == ("planned", None)
    assert (said.team, said.source) == (team, "Next **spring**.")
    assert "<strong>spring</strong>" in said.html


def test_only_a_team_that_stands_for_it_and_operators_answer():
    outsider, operator, idea = a_member(), an_operator(), an_idea()
    a_team(outsider)
    with pytest.raises(NotYourIdea):
        answer_idea(by=outsider, topic_id=idea.pk, status="planned")
    with pytest.raises(NotYourIdea):
        answer_idea(by=idea.topic.author, topic_id=idea.pk, status="shipped")
    assert answer_idea(by=operator, topic_id=idea.pk, status="considering").team is None
    assert IdeaAnswer.objects.count() == 1


def test_the_steward_of_a_subject_answers_ideas_about_it():
    speaker, subject = a_member(), a_subject()
    team = a_team(speaker)
    a_steward(subject, team)
    idea = an_idea(subjects=[subject])
    assert answer_idea(by=speaker, topic_id=idea.pk, status="considering").team == team
    with pytest.raises(NotYourIdea):
        answer_idea(by=speaker, topic_id=an_idea().pk, status="considering")


def test_who_speaks_for_two_teams_says_for_which():
    speaker, idea = a_member(), an_idea()
    first, second = a_team(speaker, name="Alpha"), a_team(speaker, name="Beta")
    for team in (first, second):
        AnsweringTeam.objects.create(board=idea.topic.board, team=team)
    assert answering_teams(speaker, idea.topic) == [first, second]
    assert answer_idea(by=speaker, topic_id=idea.pk, status="planned").team == first
    assert answer_idea(by=speaker, topic_id=idea.pk, status="planned", team=second).team == second
    with pytest.raises(NotYourIdea):
        answer_idea(by=speaker, topic_id=idea.pk, status="planned", team=a_team(speaker))


@pytest.mark.parametrize(("status", "answer"), [("done", "x"), ("declined", " "), ("planned", "x" * 5001)])
def test_a_wrong_answer_changes_nothing(status, answer):
    idea = an_idea()
    with pytest.raises(WrongAnswer):
        answer_idea(by=an_operator(), topic_id=idea.pk, status=status, answer=answer)
    idea.refresh_from_db()
    assert (idea.status, IdeaAnswer.objects.count()) == ("open", 0)


def test_the_author_is_credited_when_it_comes_true_and_stays_so():
    idea, operator = an_idea(), an_operator()
    answer_idea(by=operator, topic_id=idea.pk, status="shipped", answer="It is in the shop.")
    idea.refresh_from_db()
    credited = idea.credited_at
    assert credited is not None
    with pytest.raises(VotingOver):
        vote(by=a_member(), topic_id=idea.pk)
    answer_idea(by=operator, topic_id=idea.pk, status="working", answer="Back to the bench.")
    idea.refresh_from_db()
    assert idea.credited_at == credited
    assert vote(by=a_member(), topic_id=idea.pk).vote_count == 1


def test_a_decided_idea_keeps_its_votes():
    idea, member = an_idea(), a_member()
    vote(by=member, topic_id=idea.pk)
    answer_idea(by=an_operator(), topic_id=idea.pk, status="declined", answer="Too costly.")
    with pytest.raises(VotingOver):
        unvote(by=member, topic_id=idea.pk)
    assert vote(by=member, topic_id=idea.pk).vote_count == 1


def test_an_idea_stays_on_idea_boards_and_a_topic_that_comes_there_becomes_one(relay):
    moderator = a_member()
    ideas_board, talk = a_board(kind="idea", moderator=moderator), a_board(moderator=moderator)
    idea = an_idea(board=ideas_board)
    with pytest.raises(DecidedIdea):
        move_topic(by=moderator, topic=idea.topic, board=talk)
    topic = a_topic(board=talk)
    move_topic(by=moderator, topic=topic, board=ideas_board)
    relay()
    assert Idea.objects.get(topic=topic).status == "open"


def test_after_a_merge_scores_equal_their_rows(relay):
    moderator = a_member()
    board = a_board(moderator=moderator)
    gone, kept = a_topic(board=board), a_topic(board=board)
    a_reaction(post=gone.posts.get(number=1))
    merge_topics(by=moderator, topic=gone, into=kept)
    relay()
    assert wrong_counters() == []
    assert Topic.objects.get(pk=gone.pk).score == 0


def test_the_votes_of_a_member_who_leaves_are_taken_back():
    idea, member = an_idea(), a_member()
    vote(by=member, topic_id=idea.pk)
    vote(by=a_member(), topic_id=idea.pk)
    assert forget_votes(member_id=member.pk) == 1
    assert forget_votes(member_id=member.pk) == 0
    idea.refresh_from_db()
    assert idea.vote_count == 1
    assert wrong_counters() == []


def test_an_answer_is_told_to_who_listens():
    idea = an_idea()
    before = Delivery.objects.filter(topic="idea.answered").count()
    answer_idea(by=an_operator(), topic_id=idea.pk, status="planned", answer="Yes.")
    told = Delivery.objects.filter(topic="idea.answered")
    assert all(delivery.payload["status"] == "planned" for delivery in told[before:])


@pytest.mark.parametrize(
    ("rule", "breach"),
    [
        ("ideas_known_stage", {"stage": "marketing"}),
        ("ideas_known_status", {"status": "done"}),
        ("ideas_shipped_is_credited", {"status": "shipped"}),
    ],
)
def test_the_database_holds_the_rules(rule, breach):
    idea = an_idea()
    with pytest.raises(IntegrityError, match=rule), transaction.atomic():
        Idea.objects.filter(pk=idea.pk).update(**breach)


def test_the_database_holds_one_vote_a_member():
    idea, member = an_idea(), a_member()
    vote(by=member, topic_id=idea.pk)
    with pytest.raises(IntegrityError, match="ideas_one_vote_a_member"), transaction.atomic():
        IdeaVote.objects.create(idea=idea, member=member, created_at=clock.now())
