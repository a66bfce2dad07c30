"""What the ledger proves about balances (reference: algorithms a, T1, T2 and the shift lemma).

All amounts are micro-points. `largest_points` is P, the largest item so far; `slack` is s, the
widest band so far; `shift` is δ, what departures, voids, transfers, claims and manual moves added.
"""

from fractions import Fraction


def balance_bound(*, people_ever: int, largest_points: int, slack: int, shift: int = 0) -> int:
    """T1: no balance is ever further from zero than this, whoever is eligible for what.

    |owed| ≤ (P + s)(n − 1)/2 + δ with n = everybody ever in the group. Rounded up.
    """
    return -(-(largest_points + slack) * max(people_ever - 1, 0) // 2) + shift


def ahead_bound(*, largest_points: int, slack: int) -> int:
    """T2, only while every member is eligible for every item: ahead by less than P + s."""
    return largest_points + slack


def behind_bound(*, people: int, largest_points: int, slack: int) -> int:
    """T2, only while every member is eligible for every item: behind by at most (P + s)(Hₙ − 1).

    Rounded up; Hₙ is the n-th harmonic number, about ln n + 0.58.
    """
    harmonic = sum((Fraction(1, k) for k in range(1, people + 1)), Fraction(0))
    bound = (largest_points + slack) * (harmonic - 1)
    return max(0, -(-bound.numerator // bound.denominator))
