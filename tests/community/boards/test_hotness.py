"""The hot column follows the published formula, after events and as time passes."""

from datetime import timedelta

import pytest

from community.boards import hotness
from community.boards.models import Topic
from community.foundation.clock import shifted
from tests.factories.boards import a_post, a_topic
from tests.factories.members import a_member

pytestmark = pytest.mark.django_db


def test_the_formula() -> None:
    assert hotness.heat(score=0, people=1, age=timedelta()) == pytest.approx(1 / 2**1.5)
    assert hotness.heat(score=4, people=3, age=timedelta(hours=2)) == pytest.approx(9 / 8)
    assert hotness.heat(score=-9, people=1, age=timedelta()) == 0.0
    assert hotness.heat(score=0, people=1, age=timedelta(hours=20)) == 0.0


def test_a_third_voice_lifts_and_a_quarrel_does_not() -> None:
    one, other = a_member(), a_member()
    topic = a_topic(by=one)
    for _ in range(5):
        a_post(topic, by=other)
        a_post(topic, by=one)
    topic.refresh_from_db()
    assert topic.hot == pytest.approx(3 / 2**1.5, rel=0.01)
    a_post(topic)
    topic.refresh_from_db()
    assert topic.hot == pytest.approx(5 / 2**1.5, rel=0.01)


def test_the_job_cools_what_is_hot_and_leaves_the_cold_alone() -> None:
    topic, cold = a_topic(), a_topic()
    Topic.objects.filter(pk=topic.pk).update(score=7)
    Topic.objects.filter(pk=cold.pk).update(hot=0)
    with shifted(timedelta(hours=14)):
        assert hotness.cool() == 1
    topic.refresh_from_db()
    assert topic.hot == pytest.approx(8 / 64, rel=0.01)
    with shifted(timedelta(days=30)):
        hotness.cool()
    topic.refresh_from_db()
    assert topic.hot == 0.0
    assert hotness.cool() == 0
