"""Korean and English are complete: every word asked for is translated, and no translation is left over."""

import pytest

from config import catalogues


def test_the_korean_catalogues_are_complete() -> None:
    assert catalogues.faults() == []


@pytest.mark.parametrize("language", catalogues.TARGETS)
def test_a_word_on_the_frame_is_not_said_otherwise_by_an_app(language: str) -> None:
    """Django joins the catalogues: what `make messages` tells of two ways must at least never touch the frame."""
    frame = {message.id for message in catalogues.read(catalogues.po_path("project", language), language)}
    assert [line for line in catalogues.disagreements() if line.split(" is said in")[0].strip("'") in frame] == []
