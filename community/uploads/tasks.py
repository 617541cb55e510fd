from django.utils.translation import gettext_lazy as _

from community.jobs.registry import Progress, job
from community.uploads.removing import remove_unbound


@job(name="uploads.remove_unbound", title=_("Delete pictures that no text came to use"), every=3600)
def remove_unbound_pictures(progress: Progress) -> dict[str, int]:
    removed = 0
    while batch := remove_unbound():
        removed += batch
        progress.tell(removed)
    return {"removed": removed}
