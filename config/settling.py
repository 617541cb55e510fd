"""What a process that serves for days sets once it has loaded the site (docs/decisions/0027)."""

import gc
import sys


def settle() -> None:
    """What was loaded stays: to look through it for garbage again and again took a page or a letter a twelfth of its time.
    And a thread that comes back from the database gets the interpreter within a millisecond, not five."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 20, 20)
    sys.setswitchinterval(0.001)
