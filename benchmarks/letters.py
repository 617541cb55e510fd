"""How many digests a second one sender writes and hands over to a mail server on this machine."""

import subprocess
import sys
import time
import uuid

from allauth.account.models import EmailAddress
from django.conf import settings

from benchmarks.place import free_port
from community.boards.models import Post, Topic
from community.foundation import clock
from community.members.models import Member
from community.notifications.digests import queue_digests
from community.notifications.models import Habit, Happening, Letter, Notice
from community.notifications.sending import send_due
from config.settling import settle

READERS = 1_000
LINES = 5  # notices in each digest


def digests_a_second() -> float:
    _readers_with_news()
    settle()  # as a worker does
    port = free_port()
    server = subprocess.Popen(
        [sys.executable, "-m", "aiosmtpd", "-n", "-l", f"127.0.0.1:{port}", "-c", "aiosmtpd.handlers.Sink"]
    )
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_USE_TLS = "127.0.0.1", port, False
    try:
        time.sleep(2)
        began = time.perf_counter()
        queue_digests()
        Letter.objects.filter(state=Letter.State.QUEUED).update(not_before=clock.now())  # quiet hours aside
        sent = send_due().get(Letter.State.SENT, 0)
        return sent / (time.perf_counter() - began)
    finally:
        server.terminate()
        server.wait()


def _readers_with_news() -> None:
    """Members with a verified address and unread notices, none of whom had a digest yet."""
    members = list(Member.objects.filter(is_active=True).order_by("-pk")[:READERS])
    known = set(EmailAddress.objects.filter(user__in=members).values_list("user_id", flat=True))
    new = [member for member in members if member.pk not in known]
    EmailAddress.objects.bulk_create(
        EmailAddress(user=member, email=f"{uuid.uuid4().hex}@example.com", verified=True, primary=True)
        for member in new
    )
    topics = Topic.objects.order_by("-bumped_at").values_list("pk", flat=True)[:LINES]
    openings = {post.topic_id: post for post in Post.objects.filter(topic__in=list(topics), number=1)}
    Notice.objects.filter(member__in=members).delete()
    Habit.objects.filter(member__in=members).delete()
    moment = clock.now()
    notices = Notice.objects.bulk_create(
        Notice(member=member, kind="reply", target_kind="topic", target_id=topic, opened_at=moment, at=moment)
        for member in members
        for topic in openings
    )
    Happening.objects.bulk_create(
        Happening(notice=notice, source_kind="post", source_id=post.pk, by_id=post.author_id, at=moment)
        for notice in notices
        for post in [openings[notice.target_id]]
    )
