"""`python -m benchmarks courtyard`: set up a place of its own, measure, print a table, and say what was reached.

The last line is `N of M figures reached: …`; the exit code is 1 when one is missed. The data folder
(`.madang/bench-<part>`, or MADANG_DATA) is kept, so that a second run need not make the corpus again. `--small` tries the
benchmark itself on a small corpus (in a data folder of its own); its figures say nothing. `market` measures `million` too.
"""

import os
import sys
from importlib import import_module
from pathlib import Path

PARTS = ("courtyard", "market", "million")
ROOT = Path(__file__).resolve().parent.parent


def main() -> int:
    part = sys.argv[1] if len(sys.argv) > 1 else "courtyard"
    if part not in PARTS:
        sys.stderr.write(f"There are no figures for {part!r}: PART is one of {', '.join(PARTS)}.\n")
        return 2
    os.environ.setdefault("MADANG_DATA", str(ROOT / ".madang" / f"bench-{part}{'-small' * ('--small' in sys.argv)}"))
    os.environ["DJANGO_SETTINGS_MODULE"] = "benchmarks.settings"
    for name in ("DATABASE_URL", "REDIS_URL"):  # a running site, wherever it is, must not be disturbed
        os.environ.pop(name, None)
    import_module("django").setup()
    (ROOT / f"bench-{part}.json").unlink(missing_ok=True)
    figures = import_module(f"benchmarks.{part}").run(small="--small" in sys.argv)
    figures.write(ROOT / f"bench-{part}.json")
    print(figures.table())
    print(figures.verdict())
    return 0 if figures.all_reached() else 1


if __name__ == "__main__":
    sys.exit(main())
