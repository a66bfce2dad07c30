"""Policies to compare with, and a plain reference of the fair-share ledger in integers.

Every policy takes a scenario and returns a deal: the rep of each lead, or NOBODY where nobody
may take it. The reference follows the algorithm block by block and is no part of the product:
it shows what the published figures rest on and checks the product's own ledger.
"""

from dataclasses import dataclass

import numpy as np

from bench.measures import NOBODY
from bench.scenarios import FIT, GRADE_POINTS, LARGEST_POINTS, Bools, Ints, Scenario

MASK = (1 << 64) - 1
EXPLORE, PICK, TIE = 1, 2, 3  # what a chance number is for: never the same number for two questions


@dataclass(frozen=True, slots=True)
class LedgerRule:
    """The dials of the ledger. The defaults are those of a company whose fit is validated."""

    tau: int = 5 * LARGEST_POINTS  # micro-points by which fit may override fairness
    has_grade_books: bool = True  # False: one book for all grades
    has_band: bool = True  # False: fit may reach beyond τ of the most owed
    exploration: int = 0  # millionths of decisions picked uniformly inside the band
    seed: int = 7


def naive_round_robin(scenario: Scenario) -> Ints:
    """Leads counted, not weighed: the next in order, skipping who may not take it."""
    deal = np.full(scenario.lead_count, NOBODY, dtype=np.int64)
    turn = 0
    for first, end in scenario.chunks():
        for lead, may_take in enumerate(scenario.eligible(first, end), start=first):
            ids = np.flatnonzero(may_take)
            if len(ids):
                deal[lead] = ids[np.searchsorted(ids, turn) % len(ids)]
                turn = (deal[lead] + 1) % scenario.rep_count
    return deal


def weighted_round_robin(scenario: Scenario) -> Ints:
    """Smooth weighted round robin by count (nginx): add weights, pick the largest, take back."""
    deal = np.full(scenario.lead_count, NOBODY, dtype=np.int64)
    current = np.zeros(scenario.rep_count, dtype=np.int64)
    for first, end in scenario.chunks():
        for lead, may_take in enumerate(scenario.eligible(first, end), start=first):
            ids = np.flatnonzero(may_take)
            if len(ids):
                weights = scenario.weights[ids]
                current[ids] += weights
                deal[lead] = ids[current[ids].argmax()]
                current[deal[lead]] -= weights.sum()
    return deal


def least_points_per_weight(scenario: Scenario) -> Ints:
    """Whoever has the fewest points per weight so far; no catch-up limit, no fit."""
    deal = np.full(scenario.lead_count, NOBODY, dtype=np.int64)
    received = np.zeros(scenario.rep_count)
    for first, end in scenario.chunks():
        for lead, may_take in enumerate(scenario.eligible(first, end), start=first):
            ids = np.flatnonzero(may_take)
            if len(ids):
                deal[lead] = ids[(received[ids] / scenario.weights[ids]).argmin()]
                received[deal[lead]] += scenario.points[lead]
    return deal


def lottery_by_weight(scenario: Scenario) -> Ints:
    """A seeded draw among who may take the lead, with chances by weight."""
    deal = np.full(scenario.lead_count, NOBODY, dtype=np.int64)
    for first, end in scenario.chunks():
        upto = np.cumsum(scenario.eligible(first, end) * scenario.weights, axis=1)
        for lead, sums in enumerate(upto, start=first):
            if sums[-1]:
                ticket = chance(scenario.seed, lead, PICK) % int(sums[-1])
                deal[lead] = np.searchsorted(sums, ticket, side="right")
    return deal


def greedy_best_match(scenario: Scenario) -> Ints:
    """Always the rep most likely to convert; no fairness at all."""
    deal = np.full(scenario.lead_count, NOBODY, dtype=np.int64)
    for first, end in scenario.chunks():
        may_take = scenario.eligible(first, end)
        best = np.where(may_take, scenario.conversion[first:end], -1).argmax(axis=1)
        deal[first:end] = np.where(may_take.any(axis=1), best, NOBODY)
    return deal


def ledger(scenario: Scenario, rule: LedgerRule) -> Ints:
    """The fair-share ledger: credit everybody eligible, the most owed with a fit bonus pays."""
    books = len(GRADE_POINTS) if rule.has_grade_books else 1
    balances = np.zeros((books, scenario.rep_count), dtype=np.int64)
    owed = np.zeros(scenario.rep_count, dtype=np.int64)  # Σ of the books
    last = np.zeros(scenario.rep_count, dtype=np.int64)
    deal = np.full(scenario.lead_count, NOBODY, dtype=np.int64)
    for first, end in scenario.chunks():
        for lead, may_take in enumerate(scenario.eligible(first, end), start=first):
            ids = np.flatnonzero(may_take)
            if not len(ids):
                continue
            grade, points = int(scenario.grades[lead]), int(scenario.points[lead])
            book = balances[grade if rule.has_grade_books else 0]
            shares = split(points, scenario.weights[ids])
            book[ids] += shares
            owed[ids] += shares
            bonus = rule.tau * scenario.fit[lead, ids].astype(np.int64) // FIT
            of_book = book[ids] if rule.has_grade_books else 0
            winner = _winner(rule, lead, grade, ids, owed[ids], of_book + bonus, last[ids])
            book[winner] -= points
            owed[winner] -= points
            last[winner] = lead + 1
            deal[lead] = winner
    return deal


def split(points: int, weights: Ints) -> Ints:
    """Shares by weight rounded down; the remainder, one micro-point each, in id order."""
    shares: Ints = points * weights // weights.sum()
    shares[: points - int(shares.sum())] += 1
    return shares


def _winner(
    rule: LedgerRule, lead: int, grade: int, ids: Ints, owed: Ints, extra: Ints, last: Ints
) -> int:
    band: Bools = owed >= owed.max() - rule.tau if rule.has_band else np.ones(len(ids), dtype=bool)
    may_explore = rule.exploration > 0 and grade != len(GRADE_POINTS) - 1  # never the top grade
    if may_explore and chance(rule.seed, lead, EXPLORE) % FIT < rule.exploration:
        inside = ids[band]
        return int(inside[chance(rule.seed, lead, PICK) % len(inside)])
    score = np.where(band, owed + extra, np.iinfo(np.int64).min)
    tied = np.flatnonzero(score == score.max())
    if len(tied) > 1:
        tied = tied[last[tied] == last[tied].min()]
    if len(tied) > 1:
        return min(
            (int(ids[at]) for at in tied), key=lambda rep: chance(rule.seed, lead, TIE + rep)
        )
    return int(ids[tied[0]])


def chance(seed: int, lead: int, what: int) -> int:
    """A seeded integer below 2⁶⁴ (SplitMix64 over the three numbers)."""
    state = 0
    for number in (seed, lead, what):
        state = (state + number + 0x9E3779B97F4A7C15) & MASK
        state = ((state ^ (state >> 30)) * 0xBF58476D1CE4E5B9) & MASK
        state = ((state ^ (state >> 27)) * 0x94D049BB133111EB) & MASK
        state ^= state >> 31
    return state
