"""Secrets of drafts for the leak matrix: nobody but the author reads them, not even operators."""

from community.drafts.keeping import keep_draft


def plant(world) -> None:
    draft = keep_draft(
        by=world.author,
        key="topic:private-board",
        sequence=1,
        title=world.unseen_secret("draft title"),
        body=world.unseen_secret("draft text"),
    )
    world.route(draft_id=draft.pk)
