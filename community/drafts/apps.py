from django.apps import AppConfig


class DraftsConfig(AppConfig):
    """What members have begun to write, kept so that neither a crash nor a second tab loses it."""

    name = "community.drafts"
    label = "community_drafts"

    def ready(self) -> None:
        from community.boards import extras
        from community.drafts import keeping
        from community.foundation import fragments

        extras.register(extras.TopicExtra(name="draft", on_post=keeping.drop_published))
        fragments.fill("member-menu", "community/drafts/_menu.html", lambda request, about: {}, order=30)
