"""What of notices, letters and announcements not everyone may see."""

from community.foundation import clock
from community.notifications import unsubscribing
from community.notifications.models import Announcement, Letter, Notice
from community.notifications.writing import a_letter
from tests.factories.notifications import an_announcement, told_once
from tests.leak.letters import letters_to
from tests.leak.world import World


def plant_public(world: World) -> None:
    made = an_announcement(by=world.actors["operator"])
    world.route(announcement_id=made.pk)
    world.always_public(Announcement)
    token = unsubscribing.address_for(member_id=world.author.pk, kind="reply").rstrip("/").rpartition("/")[2]
    world.route(token=token)


def plant(world: World) -> None:
    """A notice and a letter of the author's own, about an announcement that was not made."""
    draft = an_announcement(
        title=world.unseen_secret("title of an announcement not made"), made=False, by=world.actors["operator"]
    )
    world.route(announcement_id=draft.pk)
    for actor in filter(None, world.actors.values()):
        told_once(actor, world.author, draft, draft.pk)
    told_once(world.author, world.actors["member"], draft, draft.pk)
    world.route(notice_id=Notice.objects.get(member=world.author).pk)
    letter = a_letter(
        kind="account",
        address=f"{world.unseen_secret('address of a letter')}@example.com",
        language="en",
        member=world.author,
    )
    letter.subject, letter.text = world.unseen_secret("subject of a letter"), world.unseen_secret("words of a letter")
    letter.save()
    assert Letter.objects.filter(queued_at__lte=clock.now()).exists()
    world.collect(letters_to)
