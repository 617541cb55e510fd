from django.utils.translation import gettext_lazy as _

from community.complaints.chasing import forget_old_mail, tell_late
from community.jobs.registry import Progress, job


@job(name="complaints.tell_late", title=_("Tell teams of complaints whose clock ran out"), every=300)
def tell_late_complaints(progress: Progress) -> dict[str, int]:
    return {"told": tell_late()}


@job(name="complaints.forget_mail", title=_("Forget the text of letters that were decided on"), every=86_400)
def forget_decided_mail(progress: Progress) -> dict[str, int]:
    return {"forgotten": forget_old_mail()}
