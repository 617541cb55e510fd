"""How static files are kept for serving: under a name with a hash, compressed, so that browsers keep them for ever."""

from django.contrib.staticfiles.storage import HashedFilesMixin
from whitenoise.storage import CompressedManifestStaticFilesStorage

_ANY_SCRIPT, _IMPORTS = HashedFilesMixin._js_module_import_aggregation_patterns  # type: ignore[attr-defined]


class StaticFiles(CompressedManifestStaticFilesStorage):
    """Whitenoise's; and what our own modules import is named by its hash too (the libraries' scripts import nothing)."""

    patterns = (*HashedFilesMixin.patterns, ("js/*.js", _IMPORTS))
