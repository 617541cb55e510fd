"""What can go wrong with an Idempotency-Key."""

from django.utils.translation import gettext_lazy as _

from community.foundation.problems import Conflict, Invalid, Problem


class KeyRequired(Invalid):
    code = "idempotency_key_required"
    detail = _("Send an Idempotency-Key header with this request, so that a repeat cannot run twice.")


class KeyInvalid(Invalid):
    code = "idempotency_key_invalid"
    detail = _("An Idempotency-Key has 1 to 255 printable ASCII characters.")


class KeyMismatch(Problem):
    status = 422
    code = "idempotency_mismatch"
    detail = _("This Idempotency-Key was used for another request. Take a new key.")


class StillRunning(Conflict):
    code = "still_running"
    detail = _("The first request with this Idempotency-Key is still running. Ask again in a second.")
    retry_after = 1
    passing = True
