"""The jobs of moderation."""

from django.utils.translation import gettext_lazy as _

from community.jobs.registry import Progress, job
from community.moderation import erasing


@job(name="moderation.drop_old_words", title=_("Drop the copied words of old cases"), every=86_400)
def drop_old_words(progress: Progress) -> dict[str, int]:
    return {"dropped": erasing.drop_old_words()}
