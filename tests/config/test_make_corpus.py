"""A made corpus has the size that was asked for, counters that are true, and texts that are stored as if written."""

import itertools
import random
from collections import Counter
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from community.boards import writing
from community.boards.models import Board, Post, Topic
from community.foundation import counters, markdown
from community.foundation.analyser import search_query
from community.members.models import Member
from config.corpus.weaving import sizes_of
from config.corpus.words import Speaker, Vocabulary


def make(**numbers):
    out = StringIO()
    call_command(
        "make_corpus",
        **{"boards": 3, "topics": 20, "posts": 150, "members": 12, "big_topic": 40, "seed": 7, **numbers},
        stdout=out,
    )
    return out.getvalue()


@pytest.mark.django_db
def test_it_makes_what_was_asked_for_and_counts_it_right():
    assert make().startswith("Made 150 posts in 20 topics on 3 boards by 12 members")
    assert (Board.objects.count(), Topic.objects.count(), Post.objects.count(), Member.objects.count()) == (
        3,
        20,
        150,
        12,
    )
    assert Topic.objects.order_by("-post_count").first().post_count == 40
    wrong = [(counter.model, counter.field) for counter in counters.all_counters() if counter.wrong().exists()]
    assert wrong == []
    in_time = list(Post.objects.order_by("created_at").values_list("pk", flat=True))
    assert all(a < b for a, b in itertools.pairwise(in_time))
    assert make().startswith("The corpus of seed 7 is there already")
    assert Post.objects.count() == 150
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_indexes WHERE indexname IN ('post_search', 'topic_search')")
        assert cursor.fetchone()[0] == 2


@pytest.mark.django_db
def test_a_text_is_stored_as_the_renderer_and_the_analyser_write_it():
    make()
    for post in Post.objects.select_related("topic").exclude(source__contains="- ").exclude(source__contains="> "):
        rendered = markdown.render(post.source, resolve=lambda kind, keys: {})
        assert post.html == rendered.html
        assert post.text == rendered.text
        title = post.topic.title if post.number == 1 else None
        with connection.cursor() as cursor:
            cursor.execute("SELECT %s::tsvector = %s::tsvector", [post.search, writing.document(rendered.text, title)])
            assert cursor.fetchone()[0]


@pytest.mark.django_db
def test_every_word_of_the_corpus_finds_every_text_that_holds_it():
    make(posts=60, topics=10, big_topic=10)
    texts = dict(Post.objects.values_list("pk", "text"))
    words = Counter(word.strip(".!?,") for text in texts.values() for word in text.split())
    for word in random.Random(1).sample(sorted(words), 150):
        sought = search_query(word)
        if sought is None:
            continue
        found = set(Post.objects.filter(search=sought.matching()).values_list("pk", flat=True))
        assert {pk for pk, text in texts.items() if word.casefold() in text.casefold().split()} <= found, word


@pytest.mark.django_db
@pytest.mark.parametrize("numbers", [{"topics": 0}, {"posts": 10}, {"seed": -1}])
def test_numbers_that_do_not_fit_are_refused_in_words(numbers):
    with pytest.raises(CommandError) as refused:
        make(**numbers)
    assert refused.value.returncode == 2
    assert not Board.objects.exists()


def test_sizes_add_up():
    sizes = sizes_of(topics=500, posts=5000, big_topic=1000)
    assert (len(sizes), sum(sizes), max(sizes), min(sizes)) == (500, 5000, 1000, sizes[-1])
    assert sizes[1] > sizes[-1] >= 1
    assert sizes_of(topics=1, posts=5, big_topic=5) == [5]


def test_words_are_as_unevenly_frequent_as_peoples():
    speaker = Speaker(Vocabulary(1), random.Random(1))
    counts = Counter(word for _nth in range(3000) for word in speaker.korean_sentence().split())
    ranked = [count for _word, count in counts.most_common()]
    assert ranked[0] > 8 * ranked[100] > 8 * ranked[1000]
    assert sum(count == 1 for count in ranked) > len(ranked) / 3


def test_the_same_seed_says_the_same():
    said = [Speaker(Vocabulary(5), random.Random(2)).paragraph() for _nth in range(2)]
    assert said[0] == said[1]
