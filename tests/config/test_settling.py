"""A process that serves settles once it has loaded the site."""

import gc
import sys

import pytest

from config.settling import settle


@pytest.fixture
def _as_before():
    threshold, interval = gc.get_threshold(), sys.getswitchinterval()
    yield
    gc.unfreeze()
    gc.set_threshold(*threshold)
    sys.setswitchinterval(interval)


@pytest.mark.usefixtures("_as_before")
def test_what_was_loaded_is_looked_through_no_more_and_threads_take_short_turns() -> None:
    settle()
    assert gc.get_freeze_count() > 10_000
    assert gc.get_threshold()[0] == 10_000
    assert sys.getswitchinterval() == pytest.approx(0.001)
