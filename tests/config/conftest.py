import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.config.running import Running


@pytest.fixture(scope="module")
def site_data() -> Iterator[Path]:
    """One data folder for the tests of a module: its first start migrates, the others are second starts."""
    folder = Path(tempfile.mkdtemp(prefix="madang-test-"))
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def site(site_data: Path) -> Iterator[Running]:
    running = Running(site_data)
    yield running
    if running.process is not None:
        running.stop()
