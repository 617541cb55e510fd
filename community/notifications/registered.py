"""The kinds of target that this app adds to the registry."""

from community.foundation.targets import Kind

ANNOUNCEMENT = Kind(
    name="announcement",
    model="community_notifications.Announcement",
    title=lambda announcement: announcement.title,
    url=lambda announcement: announcement.get_absolute_url(),
)
