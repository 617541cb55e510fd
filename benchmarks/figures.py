"""Figures with their goals, as a table, as JSON, and as one line."""

import json
import platform
import statistics
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path


@dataclass(frozen=True)
class Figure:
    """One promised number. `at_least` says which side of `goal` is good; without a goal it is told only."""

    item: str
    name: str
    value: float | None
    unit: str
    goal: float | None = None
    at_least: bool = True
    note: str = ""

    def reached(self) -> bool:
        if self.goal is None:
            return True
        if self.value is None:
            return False
        return self.value >= self.goal if self.at_least else self.value <= self.goal


@dataclass
class Figures:
    rows: list[Figure] = field(default_factory=list)

    def add(self, item: str, name: str, value: float | None, unit: str = "", **goal: object) -> None:
        figure = Figure(item, name, None if value is None else round(float(value), 3), unit, **goal)  # type: ignore[arg-type]
        self.rows.append(figure)
        print("  " + self._line(figure), flush=True)

    def missing(self, item: str, name: str, why: str) -> None:
        """A promised figure that could not be taken counts as missed."""
        self.add(item, name, None, goal=1.0, note=why)

    def take(self, path: Path) -> None:
        """The figures of another run, as it wrote them; none where it did not come so far."""
        if not path.exists():
            self.missing("", path.stem, "the run ended without figures")
            return
        told = json.loads(path.read_text(encoding="utf-8"))["figures"]
        self.rows += [Figure(**{name: value for name, value in row.items() if name != "reached"}) for row in told]

    def promised(self) -> list[Figure]:
        return [row for row in self.rows if row.goal is not None]

    def all_reached(self) -> bool:
        return all(row.reached() for row in self.rows)

    def verdict(self) -> str:
        promised = self.promised()
        missed = [f"{row.item} {row.name}" for row in promised if not row.reached()]
        return f"{len(promised) - len(missed)} of {len(promised)} figures reached: " + (
            "missed " + "; ".join(missed) if missed else "all"
        )

    def table(self) -> str:
        return "\n".join(["", *(self._line(row) for row in self.rows), ""])

    def write(self, path: Path) -> None:
        said = [{**asdict(row), "reached": row.reached()} for row in self.rows]
        whole = {"machine": platform.platform(), "python": platform.python_version(), "figures": said}
        path.write_text(json.dumps(whole, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")

    def _line(self, row: Figure) -> str:
        value = "—" if row.value is None else f"{row.value:,.3g}" if row.value < 100 else f"{row.value:,.0f}"
        sign = "≥" if row.at_least else "≤"
        goal = "" if row.goal is None else f"{sign} {row.goal:g}"
        mark = "" if row.goal is None else "reached" if row.reached() else "MISSED"
        return f"{row.item:5} {row.name:58} {value:>9} {row.unit:12} {goal:>8}  {mark:8} {row.note}".rstrip()


def median(values: Sequence[float]) -> float:
    return statistics.median(values) if values else float("nan")


def percentile(values: Sequence[float], part: float) -> float:
    """The value below which `part` (0 to 1) of the values lie."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(part * len(ordered)))] if ordered else float("nan")
