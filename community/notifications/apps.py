from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    """What members are told: notices on the page, letters by mail, and what each of them switched off."""

    name = "community.notifications"
    label = "community_notifications"

    def ready(self) -> None:
        from community.foundation import fragments, targets
        from community.notifications import listing, own_kinds, registered

        own_kinds.register_all()
        targets.register(registered.ANNOUNCEMENT)
        fragments.fill("notice-count", "community/notifications/index/_count.html", listing.for_the_bell)
