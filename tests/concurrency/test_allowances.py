"""Rivals on real connections never beat a limit."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from community.members import allowances
from community.members.errors import AllowanceSpent
from community.members.models import Activity, Member
from tests.factories.members import a_member


@pytest.mark.django_db(transaction=True)
def test_twenty_topics_at_once_count_five():
    member = a_member(trust_level=0)

    def attempt(_number: int) -> bool:
        try:
            allowances.spend(member=Member.objects.get(pk=member.pk), act="topic")
        except AllowanceSpent:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(8) as pool:
        granted = list(pool.map(attempt, range(20)))
    assert sum(granted) == 5
    assert Activity.objects.get(member=member, act="topic").count == 5
