"""What the tests of products share."""

import pytest

from commerce.catalog import registering


@pytest.fixture
def nobody_counts(monkeypatch) -> None:
    """As on a site on which no app counts stock: every variant on sale can be bought."""
    monkeypatch.setattr(registering, "_availability", {})
