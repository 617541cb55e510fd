from django.apps import AppConfig


class MembersConfig(AppConfig):
    """People with an account, and the teams that speak with one voice."""

    name = "community.members"
    label = "community_members"
