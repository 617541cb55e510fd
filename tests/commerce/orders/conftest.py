import pytest

from commerce.orders import registering


@pytest.fixture(autouse=True)
def _nobody_gives_money_back(monkeypatch):
    """Purchases of these tests were placed without a checkout: what it does when one is cancelled is tested with it."""
    monkeypatch.setattr(registering, "_on_cancel", {})
