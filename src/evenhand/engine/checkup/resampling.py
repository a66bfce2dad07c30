"""Chance for the check-up: numbers from SHA-256 of a seed, a label and a counter.

The same file and seed give the same page, on every machine. No random source is read.
"""

import hashlib
import math
from collections.abc import Iterator

from evenhand.engine.checkup.distributions import normal_quantile

_STEPS = 1 << 52


def uniforms(seed: str, label: str) -> Iterator[float]:
    """Endless numbers strictly between 0 and 1, fixed by seed and label."""
    stem = hashlib.sha256(f"{seed}\n{label}\n".encode())
    counter = 0
    while True:
        block = stem.copy()
        block.update(counter.to_bytes(8, "big"))
        digest = block.digest()
        for at in range(0, 32, 8):
            yield ((int.from_bytes(digest[at : at + 8], "big") >> 12) + 0.5) / _STEPS
        counter += 1


def poisson_draw(mean: float, u: float) -> int:
    """The Poisson count of this mean at probability `u`; above 30 by Cornish–Fisher."""
    if mean <= 0:
        return 0
    if mean > 30:
        z = normal_quantile(u)
        return max(0, round(mean + z * math.sqrt(mean) + (z * z - 1) / 6))
    count = 0
    chance = math.exp(-mean)
    below = chance
    while below < u and count < 200:
        count += 1
        chance *= mean / count
        below += chance
    return count
