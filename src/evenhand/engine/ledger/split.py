"""Dividing whole micro-points by weight without losing or inventing one."""

from collections.abc import Sequence


class NothingToShareBy(Exception):
    """An amount could not be divided: nobody has a weight above zero."""


def split(amount: int, weights: Sequence[int]) -> list[int]:
    """Divide `amount` (may be negative) by weight: floors, the rest one each from the front.

    The parts add up to `amount` exactly. Callers pass members in the order of their ids, so that
    the few micro-points of the rest never depend on the order in which people were listed.
    A weight of zero gets nothing. (reference: algorithms a, `split`)

    :raises NothingToShareBy: no weight is above zero.
    """
    total = sum(weights)
    if total <= 0:
        raise NothingToShareBy("no weight above zero")
    assert min(weights) >= 0, "weights are never negative"
    parts = [amount * weight // total for weight in weights]
    rest = amount - sum(parts)
    for position, weight in enumerate(weights):
        if rest == 0:
            break
        if weight:
            parts[position] += 1
            rest -= 1
    return parts
