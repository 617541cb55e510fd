from community.notifications.models.addresses import Address
from community.notifications.models.announcements import Announcement
from community.notifications.models.letters import Letter
from community.notifications.models.notices import Happening, Notice
from community.notifications.models.wishes import Habit, Switch

__all__ = ["Address", "Announcement", "Habit", "Happening", "Letter", "Notice", "Switch"]
