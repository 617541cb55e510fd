"""The committed OpenAPI document is the generated one (`make openapi` writes it)."""

from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command

DOCUMENT = Path(settings.BASE_DIR) / "docs" / "openapi.yaml"


@pytest.mark.django_db
def test_the_committed_document_is_the_generated_one() -> None:
    out = StringIO()
    call_command("spectacular", "--validate", "--fail-on-warn", stdout=out)
    assert DOCUMENT.read_text(encoding="utf-8").strip() == out.getvalue().strip(), (
        "run `make openapi` and commit docs/openapi.yaml"
    )
