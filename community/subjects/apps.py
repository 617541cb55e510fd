from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SubjectsConfig(AppConfig):
    """What the community talks about, in a tree of categories, with an open score."""

    name = "community.subjects"
    label = "community_subjects"
    verbose_name = _("Subjects")

    def ready(self) -> None:
        from community.foundation import targets
        from community.subjects import hiding

        targets.register(
            targets.Kind(
                name="subject",
                model="community_subjects.Subject",
                title=lambda subject: subject.name,
                url=lambda subject: subject.get_absolute_url(),
                author=lambda subject: subject.creator,
                hide=hiding.hide_subject,
                restore=hiding.restore_subject,
            )
        )
