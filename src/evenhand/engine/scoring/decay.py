"""How much of a behaviour's weight is left after some time: 2^(−age ÷ half-life), exactly.

Only integers: the same age gives the same factor on every machine, so a score replays to the bit.
"""

from datetime import timedelta
from math import isqrt

WHOLE = 1_000_000  # a factor of 1, in millionths

_BITS = 32  # of the fraction of a half-life that are looked at: a step is under 1 s in 100 years
_SCALE_BITS = 64
_MICROSECOND = timedelta(microseconds=1)


def _roots_of_half() -> tuple[int, ...]:
    """2^(−1/2), 2^(−1/4), 2^(−1/8) … as 64-bit fixed-point numbers, each the root of the last."""
    roots = []
    value = 1 << (_SCALE_BITS - 1)  # 2^(−1)
    for _ in range(_BITS):
        value = isqrt(value << _SCALE_BITS)
        roots.append(value)
    return tuple(roots)


_ROOTS = _roots_of_half()


def decay_factor(age: timedelta, half_life: timedelta) -> int:
    """2^(−age ÷ half_life) in millionths, rounded half up.

    The whole half-lives are a shift; the rest is the product of the roots of ½ that the first 32
    binary digits of the rest name. The error before the last rounding is below 10⁻⁹, so a factor
    is the true one rounded, or, within 10⁻⁹ of a tie, its neighbour; it never rises with age.

    :raises AssertionError: a negative age (the caller leaves the future out) or no half-life.
    """
    age_us, half_us = age // _MICROSECOND, half_life // _MICROSECOND
    assert age_us >= 0, "a behaviour of the future has no factor"
    assert half_us > 0, "a half-life is a positive time"

    halvings, rest = divmod(age_us, half_us)
    if halvings > 40:  # below half a millionth long before
        return 0
    digits = (rest << _BITS) // half_us
    value = 1 << _SCALE_BITS
    for place, root in enumerate(_ROOTS, start=1):
        if digits >> (_BITS - place) & 1:
            value = value * root >> _SCALE_BITS
    scaled = value * WHOLE >> halvings
    return (scaled + (1 << (_SCALE_BITS - 1))) >> _SCALE_BITS
