from rest_framework import serializers

from community.foundation.rest import Body
from community.polls import conf
from community.polls.models import PollKind, ResultsShown


class PollBody(Body):
    """A poll for a new topic."""

    question = serializers.CharField(max_length=conf.QUESTION_LENGTH, allow_blank=True, required=False)
    kind = serializers.ChoiceField(choices=PollKind.choices, required=False)
    options = serializers.ListField(
        child=serializers.CharField(max_length=conf.OPTION_LENGTH),
        min_length=conf.LEAST_OPTIONS,
        max_length=conf.MOST_OPTIONS,
    )
    most_choices = serializers.IntegerField(min_value=1, max_value=conf.MOST_OPTIONS, required=False)
    closes_at = serializers.DateTimeField(required=False, allow_null=True)
    results_shown = serializers.ChoiceField(choices=ResultsShown.choices, required=False)
    voters_shown = serializers.BooleanField(required=False)


class VoteBody(Body):
    choices = serializers.ListField(
        child=serializers.UUIDField(),
        min_length=1,
        max_length=conf.MOST_OPTIONS,
        help_text="Ids of answers; in a ranked poll in order of preference.",
    )


class OptionReply(serializers.Serializer):
    id = serializers.CharField(source="option.pk")
    text = serializers.CharField(source="option.text")
    votes = serializers.IntegerField(allow_null=True)


class PollReply(serializers.Serializer):
    """A poll as you see it: `votes` are null while results are hidden; of a ranked poll they are first choices."""

    id = serializers.CharField(source="poll.pk")
    question = serializers.CharField(source="poll.question")
    kind = serializers.ChoiceField(choices=PollKind.choices, source="poll.kind")
    options = OptionReply(many=True)
    most_choices = serializers.IntegerField(source="poll.most_choices")
    voters_shown = serializers.BooleanField(source="poll.voters_shown")
    results_shown = serializers.ChoiceField(choices=ResultsShown.choices, source="poll.results_shown")
    closes_at = serializers.DateTimeField(source="poll.closes_at", allow_null=True)
    closed = serializers.BooleanField()
    ballots = serializers.IntegerField(source="poll.ballot_count")
    my_choices = serializers.ListField(child=serializers.CharField())


class RoundReply(serializers.Serializer):
    """One round of the count: ballots by answer id, ballots that count no more, and the answer that goes out."""

    counts = serializers.DictField(child=serializers.IntegerField())
    exhausted = serializers.IntegerField()
    out = serializers.CharField(allow_null=True)


class PollCountReply(PollReply):
    """A poll with the rounds of its count; both empty unless it is ranked and its results may be shown."""

    method = serializers.CharField(help_text="How votes become a result.")
    rounds = RoundReply(many=True)
    winner = serializers.CharField(allow_null=True)


class VoterReply(serializers.Serializer):
    """Who voted for what, where the poll shows it; `member` is null for someone who left."""

    id = serializers.CharField(source="pk")
    member = serializers.SerializerMethodField()
    choices = serializers.ListField(child=serializers.CharField())
    cast_at = serializers.DateTimeField()

    def get_member(self, ballot) -> str | None:
        return ballot.member.username if ballot.member else None
