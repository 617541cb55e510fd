"""What one keeps is nobody else's, operators included."""

from community.reading.bookmarking import bookmark


def plant(world) -> None:
    bookmark(by=world.author, target=world.public_topic, note=world.unseen_secret("note of a bookmark"))
    world.route(target_kind="topic", target_id=world.private_topic.pk)
