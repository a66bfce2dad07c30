"""How even a division is, in figures that are the same on every page, report and alarm."""

from typing import Any

import numpy as np

WHOLE = 1_000  # the Jain index is told in thousandths


def jain(due: Any, taken: Any) -> int | None:
    """Jain's index of what people received per point due, in thousandths; 1,000 = all alike.

    Who was due nothing is left out; with nobody left there is no index.
    """
    some: Any = due > 0
    if not some.any():
        return None
    ratio = np.maximum(taken[some], 0) / due[some]
    squares = float((ratio**2).sum())
    if squares == 0:
        return None
    total = float(ratio.sum())
    return round(WHOLE * total * total / (int(ratio.size) * squares))


def largest(amounts: Any) -> tuple[int, int | None]:
    """The largest distance from even, and at which place it is; (0, None) for nobody."""
    if not amounts.size:
        return 0, None
    place = int(np.abs(amounts).argmax())
    return abs(int(amounts[place])), place
