"""What drafts do when something happened elsewhere."""

from community.drafts.models import Draft
from community.outbox.events import Event, handles


@handles("post.edited")
def drop_finished_edit(event: Event) -> None:
    """An edit that was saved is no draft any more."""
    Draft.objects.filter(member=event.payload["by"], key=f"edit:{event.payload['post']}").delete()


@handles("member.erased")
def drop_drafts_of_erased(event: Event) -> None:
    Draft.objects.filter(member=event.payload["member"]).delete()
