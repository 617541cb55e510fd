from django.apps import AppConfig


class ProfilesConfig(AppConfig):
    """What members tell about themselves of their own will, field by field, and what they consent to."""

    name = "community.profiles"
    label = "community_profiles"

    def ready(self) -> None:
        from community.profiles import registrations

        registrations.register_all()
