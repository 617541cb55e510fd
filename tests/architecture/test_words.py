"""Korean and English are complete: every word asked for is translated, and no translation is left over."""

from config import catalogues


def test_the_korean_catalogues_are_complete() -> None:
    assert catalogues.faults() == []
