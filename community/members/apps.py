from django.apps import AppConfig


class MembersConfig(AppConfig):
    """People with an account, whom they follow and ignore, and the teams that speak with one voice."""

    name = "community.members"
    label = "community_members"

    def ready(self) -> None:
        from community.members import registrations

        registrations.register_all()
