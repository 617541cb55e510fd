from django.apps import AppConfig


class TouchpointsConfig(AppConfig):
    """Dated contacts of people with the community: searches and what was opened from them, as rows that only grow."""

    name = "community.touchpoints"
    label = "community_touchpoints"

    def ready(self) -> None:
        from community.profiles.consenting import has_consented
        from community.touchpoints import recording

        recording.ask_for_consent(lambda member: has_consented(member, "profiling"))
