from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NotificationsConfig(AppConfig):
    """What members are told: notices on the page, letters by mail, and what each of them switched off."""

    name = "community.notifications"
    label = "community_notifications"
    verbose_name = _("Letters and notices")

    def ready(self) -> None:
        from community.foundation import fragments, targets
        from community.members import erasure, sections
        from community.notifications import listing, own_kinds, registered

        own_kinds.register_all()
        label = _("Notices and letters")
        sections.register(sections.Section("notices", label, "community_notifications:settings", "bell", 40))
        erasure.keep("community_notifications.Announcement.by", why=_("what was said for the site stays said"))
        targets.register(registered.ANNOUNCEMENT)
        fragments.fill(
            "notice-count", "community/notifications/index/_count.html", listing.for_the_bell, remembered=True
        )
