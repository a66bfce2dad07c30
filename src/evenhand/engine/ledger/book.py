"""The fair-share ledger of one group: who is owed what, per grade, and who is next.

Every item credits each eligible member with a share of its points by weight; whoever is owed
most, plus a fit bonus of at most τ, takes it and pays all of its points. Amounts are integer
micro-points, so every grade sums to zero exactly and replays bit for bit.
(reference: algorithms a; the rarer bookings stand in `bookings`)

The arrays are numpy int64 because one implementation serves a single decision and a million.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from evenhand.engine.ledger.bounds import balance_bound
from evenhand.engine.ledger.draw import seeded_order
from evenhand.engine.ledger.split import split

Amounts = NDArray[np.int64]
Positions = NDArray[np.intp]

# Further from zero than any balance can be, and far from the edge of int64.
_NEVER = -(1 << 60)
_OUTSIDE = 1 << 61

# Up to so many members, whole vectors are quicker than picking the eligible out of them.
_WHOLE_LENGTH = 512


@dataclass(frozen=True, slots=True)
class Contest:
    """Everything about one kind of item that does not change from item to item.

    `positions` are the eligible members in id order (None = every member), `shares` their
    entitlements, adding up to `points`; `bonus` is τ·fit in micro-points, per eligible member.
    `everyone`, if given, credits all members (basis: equal totals) instead of the eligible;
    `lent` is what of it goes to those who could not take the item.

    In a group of usual size the same is kept at full length too (`spread`, `barred`, `bonuses`):
    adding over everybody, with nothing for those left out, is quicker than picking some out. A
    contest of everybody is kept so at any size.
    """

    row: int
    points: int
    shares: Amounts
    positions: Positions | None = None
    bonus: Amounts | None = None
    everyone: Amounts | None = None
    lent: int = 0
    spread: Amounts | None = None
    barred: Amounts | None = None  # 0 for the eligible, far below everything for the others
    bonuses: Amounts | None = None


class Standing(NamedTuple):
    """How one eligible member stands for one item; all amounts in micro-points.

    `owed_before` is the balance without this item's `share`; `grade_owed` the balance in the
    item's grade with it; `score` what is compared inside the band.
    """

    member: str
    owed_before: int
    share: int
    grade_owed: int
    bonus: int
    score: int
    is_in_band: bool

    @property
    def owed(self) -> int:
        """The balance with this item's share: what the band looks at."""
        return self.owed_before + self.share


class Book:
    """Balances of one group; positive = owed (待补), negative = ahead (已超)."""

    __slots__ = (
        "_barred",
        "_index",
        "arrears",
        "balance",
        "by_grade",
        "ever",
        "grades",
        "guests",
        "largest_points",
        "largest_slack",
        "last",
        "last_before",
        "layout",
        "members",
        "owed",
        "sequence",
        "shift",
    )

    def __init__(self, grades: Iterable[str], members: Iterable[str], *, by_grade: bool = True):
        self.by_grade = by_grade
        self.grades: tuple[str, ...] = tuple(grades) if by_grade else ("",)
        self.members: list[str] = sorted(set(members))
        self.layout = 0  # rises when contests prepared so far no longer hold
        # What people missed while on leave and may catch up with (option `catch_up`), micro-points.
        self.arrears: dict[str, int] = {}
        self._index: dict[str, int] = {}
        self._barred: dict[tuple[int, ...], Amounts] = {}
        self.reindex()
        size = len(self.members)
        self.balance: Amounts = np.zeros((len(self.grades), size), np.int64)
        self.owed: Amounts = np.zeros(size, np.int64)
        self.last: Amounts = np.zeros(size, np.int64)  # sequence number of the last item taken
        self.last_before = 0  # the latest taker's place in the waiting order before he took
        self.sequence = 0
        self.ever: set[str] = set(self.members)
        # People from outside the group who took an item of it: they pay like members.
        self.guests: set[str] = set()
        self.largest_points = 0
        self.largest_slack = 0
        self.shift = 0

    # -- who and where ---------------------------------------------------------------------

    def position(self, member: str) -> int:
        """Where a member stands in the arrays.

        :raises KeyError: not a member now.
        """
        return self._index[member]

    def has(self, person: str) -> bool:
        """Whether this person is in the book now, as a member or a guest."""
        return person in self._index

    def reindex(self) -> None:
        """Members have changed: positions are counted anew and prepared contests are stale."""
        self._index = {member: position for position, member in enumerate(self.members)}
        self._barred.clear()
        self.layout += 1

    def row(self, grade: str) -> int:
        """The row of a grade; one row serves all when grade books are off.

        :raises ValueError: a grade that this book does not keep.
        """
        return self.grades.index(grade) if self.by_grade else 0

    def accrue(self, person: str, amount: int) -> None:
        """Note what somebody missed while away or, if negative, what he caught up with."""
        before = self.arrears.get(person, 0)
        after = max(0, before + amount)
        if after:
            self.arrears[person] = after
        else:
            self.arrears.pop(person, None)
        if bool(before) != bool(after):
            self.layout += 1

    def keep_grades(self, grades: Iterable[str], *, by_grade: bool) -> None:
        """Follow a policy that has other grades now, or keeps them apart or together now.

        Rows are only ever added, at zero: what is owed stays owed, and postings of earlier items
        go on naming the row that they were booked in.
        """
        self.by_grade = by_grade
        new = [grade for grade in grades if grade not in self.grades] if by_grade else []
        self.grades = (*self.grades, *new)
        self.balance = np.pad(self.balance, ((0, len(new)), (0, 0)))

    def contest(
        self,
        *,
        row: int,
        points: int,
        eligible: Sequence[int],
        weights: Sequence[int],
        bonus: Sequence[int] | None = None,
        all_weights: Sequence[int] | None = None,
    ) -> Contest:
        """Prepare an item of `points` for the members at positions `eligible` (ascending).

        `all_weights`, one per member, credits everybody by them, eligible or not.

        :raises NothingToShareBy: nobody has a weight above zero.
        """
        assert points >= 0, "an item's points are never negative"
        shares = np.array(split(points, weights), np.int64)
        is_open = len(eligible) == len(self.members)
        everyone, lent = None, 0
        if all_weights is not None:
            everyone = np.array(split(points, all_weights), np.int64)
            more = everyone.copy()
            more[list(eligible)] -= shares
            lent = int(more[more > 0].sum())
        positions = None if is_open else np.array(eligible, np.intp)
        extra = None if bonus is None or not any(bonus) else np.array(bonus, np.int64)
        spread = barred = bonuses = None
        size = len(self.members)
        if everyone is None and (is_open or size <= _WHOLE_LENGTH):
            where = slice(None) if positions is None else positions
            spread = np.zeros(size, np.int64)
            spread[where] = shares
            barred = self._barred_but(tuple(eligible))
            if extra is not None:
                bonuses = np.zeros(size, np.int64)
                bonuses[where] = extra
        return Contest(
            row=row,
            points=points,
            shares=shares,
            positions=positions,
            bonus=extra,
            everyone=everyone,
            lent=lent,
            spread=spread,
            barred=barred,
            bonuses=bonuses,
        )

    def _barred_but(self, eligible: tuple[int, ...]) -> Amounts:
        """What keeps all others out; one array for all contests of the same people, which many
        share, because what is small is near."""
        known = self._barred.get(eligible)
        if known is None:
            known = self._barred[eligible] = np.full(len(self.members), _NEVER, np.int64)
            known[list(eligible)] = 0
        return known

    # -- the decision ----------------------------------------------------------------------

    def take(
        self,
        contest: Contest,
        *,
        slack: int,
        draw: Callable[[], bytes],
        explore: int | None = None,
        first: str | None = None,
    ) -> int:
        """Credit the eligible, let the most owed inside the band take the item, charge him.

        `slack` is the width of the band in micro-points; `explore`, a large random number, picks
        uniformly inside the band instead. `first` is the first of `standings` for the same item,
        where they were asked for: nobody is compared again. Returns the position of the taker.
        """
        grade = self.balance[contest.row]
        if first is not None:
            self._credit(contest, grade)
            winner = self.position(first)
        elif contest.spread is None or contest.barred is None:
            winner = self._take_apart(contest, grade, slack, draw, explore)
        else:
            np.add(grade, contest.spread, grade)
            np.add(self.owed, contest.spread, self.owed)
            owed = np.add(self.owed, contest.barred)
            winner = self._clear_first(owed, grade, contest.bonuses, slack)
            if winner < 0 or explore is not None:
                winner = self._choose(owed, grade, contest.bonuses, None, slack, draw, explore)
        points = contest.points
        grade[winner] -= points
        self.owed[winner] -= points
        self.sequence += 1
        self.last_before = self.last.item(winner)
        self.last[winner] = self.sequence
        if points > self.largest_points:
            self.largest_points = points
        if slack > self.largest_slack:
            self.largest_slack = slack
        return winner

    def _take_apart(
        self,
        contest: Contest,
        grade: Amounts,
        slack: int,
        draw: Callable[[], bytes],
        explore: int | None,
    ) -> int:
        """Credit and choose where a contest is not kept at full length."""
        positions = contest.positions
        self._credit(contest, grade)
        owed = self.owed if positions is None else self.owed[positions]
        due = grade if positions is None else grade[positions]
        chosen = self._choose(owed, due, contest.bonus, positions, slack, draw, explore)
        return chosen if positions is None else int(positions[chosen])

    def _credit(self, contest: Contest, grade: Amounts) -> None:
        if contest.everyone is not None:
            np.add(grade, contest.everyone, grade)
            np.add(self.owed, contest.everyone, self.owed)
            # The proof is about the eligible; what goes to others moves them like a manual act.
            self.shift += contest.lent
        elif contest.spread is not None:
            np.add(grade, contest.spread, grade)
            np.add(self.owed, contest.spread, self.owed)
        else:
            where = slice(None) if contest.positions is None else contest.positions
            grade[where] += contest.shares
            self.owed[where] += contest.shares

    def _clear_first(self, owed: Amounts, due: Amounts, bonus: Amounts | None, slack: int) -> int:
        """Who has the best score of all, if alone in it and inside the band; -1 = look closer.

        As nearly always; then nobody need be compared with the edge of the band.
        """
        # Without grade books the grade row is the total itself, and must not count twice.
        score = np.add(owed, due) if self.by_grade else owed.copy()
        if bonus is not None:
            np.add(score, bonus, score)
        best = int(score.argmax())
        if owed.item(best) < owed.item(owed.argmax()) - slack:
            return -1
        top = score.item(best)
        score[best] = _NEVER
        return best if score.item(score.argmax()) != top else -1

    def _choose(
        self,
        owed: Amounts,
        due: Amounts,
        bonus: Amounts | None,
        positions: Positions | None,
        slack: int,
        draw: Callable[[], bytes],
        explore: int | None,
    ) -> int:
        """Index, among the eligible, of the one who takes the item (balances already credited)."""
        floor = owed[owed.argmax()] - slack
        if explore is not None:
            band = np.flatnonzero(owed >= floor)
            return int(band[explore % band.size])
        score = self._scores(owed, due, bonus)
        np.putmask(score, owed < floor, _NEVER)
        return self._first(score, positions, draw)

    def _first(self, score: Amounts, positions: Positions | None, draw: Callable[[], bytes]) -> int:
        """Index of the best score; of several, who has waited longest."""
        best = int(score.argmax())
        ties = score == score[best]
        if np.count_nonzero(ties) == 1:
            return best
        return self._longest_waiting(np.flatnonzero(ties), positions, draw)

    def _scores(self, owed: Amounts, due: Amounts, bonus: Amounts | None) -> Amounts:
        # Without grade books the grade row is the total itself, and must not count twice.
        score: Amounts = np.add(owed, due) if self.by_grade else owed.copy()
        if bonus is not None:
            score += bonus
        return score

    def _longest_waiting(
        self, tied: Positions, positions: Positions | None, draw: Callable[[], bytes]
    ) -> int:
        where = tied if positions is None else positions[tied]
        waited = self.last[where]
        longest = np.flatnonzero(waited == waited.min())
        if longest.size == 1:
            return int(tied[longest[0]])
        # Only people who never took anything can tie here: their order is drawn, not alphabetical.
        seed = draw()
        first = min(longest, key=lambda k: seeded_order(seed, self.members[where[k]]))
        return int(tied[first])

    def standings(
        self,
        contest: Contest,
        *,
        slack: int,
        draw: Callable[[], bytes],
        most: int | None = None,
        explore: int | None = None,
    ) -> tuple[list["Standing"], int]:
        """How the eligible stand for an item, best first, booking nothing; and the band's size.

        The first is the one whom `take` would choose. `most` limits the list to the front.
        """
        positions = contest.positions
        before = self.owed if positions is None else self.owed[positions]
        grade = self.balance[contest.row]
        gain = contest.shares
        if contest.everyone is not None:
            gain = contest.everyone if positions is None else contest.everyone[positions]
        owed = before + gain
        due = (grade if positions is None else grade[positions]) + gain
        score = self._scores(owed, due, contest.bonus)
        in_band = owed >= owed[owed.argmax()] - slack
        # Whoever is outside the band comes after everybody inside it.
        rank = score if in_band.all() else np.where(in_band, score, score - _OUTSIDE)
        order = self._in_order(rank, positions, most)
        if explore is not None:
            band = np.flatnonzero(in_band)
            first = int(band[explore % band.size])
        elif self._is_alone(order, rank, positions):
            first = order[0]
        else:
            first = self._first(rank, positions, draw)
        front = [first, *(k for k in order if k != first)][:most]
        shown = np.array(front)
        names = shown if positions is None else positions[shown]
        return [
            Standing(*row)
            for row in zip(
                [self.members[k] for k in names.tolist()],
                before[shown].tolist(),
                gain[shown].tolist(),
                due[shown].tolist(),
                [0] * len(front) if contest.bonus is None else contest.bonus[shown].tolist(),
                score[shown].tolist(),
                in_band[shown].tolist(),
                strict=True,
            )
        ], int(np.count_nonzero(in_band))

    def _is_alone(self, order: list[int], rank: Amounts, positions: Positions | None) -> bool:
        """Whether the first of an order is before the second, and not only named before him."""
        if len(order) < 2:
            return True
        one, other = order[:2]
        if rank.item(one) != rank.item(other):
            return True
        at = order[:2] if positions is None else positions[order[:2]].tolist()
        return self.last.item(at[0]) != self.last.item(at[1])

    def _in_order(self, rank: Amounts, positions: Positions | None, most: int | None) -> list[int]:
        """Indexes by rank, then the longest waiting, then id order; the front of them, if limited,
        with one more than is wanted."""
        size = rank.size
        last = self.last if positions is None else self.last[positions]
        if most is None or size <= 4 * most:
            return [int(k) for k in np.lexsort((last, -rank))]
        near = np.flatnonzero(rank >= np.partition(rank, size - most - 1)[size - most - 1])
        order = near[np.lexsort((last[near], -rank[near]))]
        return [int(k) for k in order[: most + 1]]

    # -- what is proved --------------------------------------------------------------------

    def bound(self) -> int:
        """T1 for everything booked so far, in micro-points."""
        return balance_bound(
            people_ever=len(self.ever),
            largest_points=self.largest_points,
            slack=self.largest_slack,
            shift=self.shift,
        )

    def is_sound(self) -> bool:
        """Whether every grade sums to zero, totals agree and nobody is outside the bound."""
        if not self.members:
            return True
        return (
            not self.balance.sum(axis=1).any()
            and bool((self.balance.sum(axis=0) == self.owed).all())
            and int(np.abs(self.owed).max()) <= self.bound()
        )

    # -- storing ---------------------------------------------------------------------------

    def as_json(self) -> dict[str, Any]:
        """The book as plain values, exact."""
        return {
            "by_grade": self.by_grade,
            "grades": list(self.grades),
            "members": list(self.members),
            "balance": self.balance.tolist(),
            "last": self.last.tolist(),
            "sequence": self.sequence,
            "ever": sorted(self.ever),
            "guests": sorted(self.guests),
            "largest_points": self.largest_points,
            "largest_slack": self.largest_slack,
            "shift": self.shift,
            **({"arrears": dict(sorted(self.arrears.items()))} if self.arrears else {}),
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Book":
        """The inverse of `as_json`.

        :raises KeyError, ValueError: the data are not those of a book.
        """
        book = cls(data["grades"], data["members"], by_grade=data["by_grade"])
        if book.members != list(data["members"]):
            raise ValueError("members: must be sorted and without repeats")
        # A book whose grades are together now may have rows from when they were apart.
        book.grades = tuple(data["grades"])
        shape = len(book.grades), len(book.members)
        book.balance = np.array(data["balance"], np.int64).reshape(shape)
        book.owed = book.balance.sum(axis=0)
        book.last = np.array(data["last"], np.int64).reshape(book.last.shape)
        book.sequence = int(data["sequence"])
        book.ever = set(data["ever"]) | set(book.members)
        book.guests = set(data["guests"])
        book.largest_points = int(data["largest_points"])
        book.largest_slack = int(data["largest_slack"])
        book.shift = int(data["shift"])
        book.arrears = {str(who): int(amount) for who, amount in data.get("arrears", {}).items()}
        return book
