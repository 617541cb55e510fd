"""The demo community: loaded once, by the acts, complete, with counters that hold."""

import pytest
from django.core.management import call_command

from commerce.vendors.models import Vendor
from community.boards.models import Board, Post, Topic
from community.foundation import counters
from community.members.models import Member
from community.reviews.models import Review
from community.subjects.models import Subject
from config.demo_accounts import ACCOUNTS, VENDOR


@pytest.mark.django_db
def test_the_demo_community_is_complete_and_is_loaded_once(settings, tmp_path) -> None:
    settings.MEDIA_ROOT = tmp_path
    call_command("demo", verbosity=0)
    call_command("demo", verbosity=0)
    assert Board.objects.count() == 8
    assert Subject.objects.count() == 40
    assert not Subject.objects.filter(picture=None).exists()
    assert Topic.objects.count() >= 60
    assert Post.objects.count() >= 200
    assert Review.objects.exclude(source="").count() >= 80
    for account in ACCOUNTS:
        assert Member.objects.get(username=account.username).check_password(account.password)
    vendor = Vendor.objects.open().staffed_by(Member.objects.get(username=VENDOR.username)).get()
    assert (vendor.slug, vendor.state, vendor.business_number) == ("dure", "approved", "123-45-67891")
    assert [counter.field for counter in counters.all_counters() if counter.wrong().exists()] == []
