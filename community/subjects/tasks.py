"""What is computed again from time to time."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from community.jobs.registry import Progress, job
from community.subjects import scoring


@job(name="subjects.refresh_priors", title=_("Renew the mean rating of each category"), every=3600)
def refresh_priors(progress: Progress) -> dict[str, Any]:
    """Scores lean on the mean of their category; see scoring."""
    return {"subjects": scoring.refresh_priors()}
