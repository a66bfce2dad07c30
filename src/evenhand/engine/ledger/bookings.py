"""Everything that changes a book besides dealing: join, leave, void, refund, claim, credit.

Each act books net movements that add up to zero in the grade, and returns them as a `Posting`,
from which the act can be taken back exactly. Manual acts and departures may move people further
from zero than dealing alone could; `Book.shift` (δ) keeps account of by how much.
(reference: algorithms a, table "Operations" and the shift lemma)
"""

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Any

import numpy as np

from evenhand.engine.ledger.book import Book, Contest
from evenhand.engine.ledger.split import split


class Act(StrEnum):
    """What a posting was booked for."""

    DEALT = "dealt"
    CHARGED = "charged"  # sticky owner, named person, overflow, manager's choice
    CLAIMED = "claimed"
    VOIDED = "voided"
    REFUNDED = "refunded"
    CREDITED = "credited"  # an appeal upheld
    EXTENDED = "extended"  # more time for a clock, on request
    DEPARTED = "departed"
    CAPPED = "capped"  # what nobody should be owed beyond the limit, spread over all


@dataclass(frozen=True, slots=True)
class Posting:
    """One act in one grade: who gained and who paid, in micro-points, adding up to zero."""

    act: Act
    row: int
    moves: tuple[tuple[str, int], ...]  # (person, net amount), zero amounts left out
    item_id: str = ""
    taker: str = ""
    points: int = 0
    credited: tuple[tuple[str, int], ...] = ()  # entitlements, before the taker paid
    sequence: int = 0
    last_before: int = 0  # the taker's place in the waiting order before

    def as_json(self) -> dict[str, Any]:
        """The posting as plain values."""
        return {
            "act": self.act.value,
            "row": self.row,
            "moves": [list(move) for move in self.moves],
            "item_id": self.item_id,
            "taker": self.taker,
            "points": self.points,
            "credited": [list(part) for part in self.credited],
            "sequence": self.sequence,
            "last_before": self.last_before,
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Posting":
        """The inverse of `as_json`."""
        return cls(
            act=Act(data["act"]),
            row=int(data["row"]),
            moves=tuple((str(who), int(amount)) for who, amount in data["moves"]),
            item_id=str(data["item_id"]),
            taker=str(data["taker"]),
            points=int(data["points"]),
            credited=tuple((str(who), int(amount)) for who, amount in data["credited"]),
            sequence=int(data["sequence"]),
            last_before=int(data["last_before"]),
        )


class CannotBook(Exception):
    """The act could not be booked; `code` and `params` say why in terms that can be worded."""

    def __init__(self, code: str, **params: str | int) -> None:
        details = ", ".join(f"{name} = {value}" for name, value in params.items())
        super().__init__(f"{code}: {details}")
        self.code = code
        self.params = params


def join(book: Book, person: str, *, is_guest: bool = False) -> None:
    """Add a member at zero in every grade: no flood, nothing to catch up.

    A guest comes from outside the group and only pays for what he took; joining later as a
    member makes him one, balance and all.
    """
    if book.has(person):
        if not is_guest:
            book.guests.discard(person)
        return
    if is_guest:
        book.guests.add(person)
    position = bisect_left(book.members, person)
    book.members.insert(position, person)
    book.balance = np.insert(book.balance, position, 0, axis=1)
    book.owed = np.insert(book.owed, position, 0)
    book.last = np.insert(book.last, position, 0)
    book.ever.add(person)
    book.reindex()


def depart(book: Book, person: str, weights: Mapping[str, int]) -> list[Posting]:
    """Remove a member; what he was owed, or was ahead, is spread over the others by weight.

    `weights` are those of the members who stay; all zero or missing = equally.

    :raises CannotBook: not a member.
    """
    position = _position(book, person)
    others = [name for name in book.members if name != person]
    assert others or not book.balance[:, position].any(), "alone, the books are at zero"
    book.shift += abs(int(book.owed[position]))
    postings = []
    for row in range(len(book.grades)):
        amount = int(book.balance[row, position])
        if amount:
            moves = {person: -amount}
            _add(moves, _spread(amount, others, weights))
            postings.append(_post(book, Act.DEPARTED, row, moves, shifts=False))
    book.members.pop(position)
    book.guests.discard(person)
    book.arrears.pop(person, None)
    book.balance = np.delete(book.balance, position, axis=1)
    book.owed = np.delete(book.owed, position)
    book.last = np.delete(book.last, position)
    book.reindex()
    return postings


def dealt_posting(book: Book, contest: Contest, winner: int, *, item_id: str) -> Posting:
    """The posting of a `Book.take` that has just been booked."""
    names = book.members
    positions: Iterable[int] = range(len(names))
    shares = contest.everyone
    if shares is None:
        shares = contest.shares
        positions = positions if contest.positions is None else map(int, contest.positions)
    credited = tuple((names[k], int(share)) for k, share in zip(positions, shares, strict=True))
    moves = {who: share for who, share in credited if share}
    _add(moves, {names[winner]: -contest.points})
    return Posting(
        act=Act.DEALT,
        row=contest.row,
        moves=_settled(moves),
        item_id=item_id,
        taker=names[winner],
        points=contest.points,
        credited=credited,
        sequence=book.sequence,
        last_before=book.last_before,
    )


def charge(
    book: Book,
    person: str,
    *,
    row: int,
    points: int,
    weights: Mapping[str, int],
    item_id: str = "",
    act: Act = Act.CHARGED,
) -> Posting:
    """Book an item that a person gets outside the contest: members are credited, he pays.

    `weights` are the members to credit (those the rules would have considered); somebody from
    outside the group joins at zero. Sets his place in the waiting order, as any item does. Where
    nobody is to be credited (nobody could have taken it), nobody has a claim and nothing is paid.
    """
    assert points >= 0, "an item's points are never negative"
    join(book, person, is_guest=True)
    credited = _spread(points, [name for name in book.members if name in weights], weights)
    moves = dict(credited)
    if credited:
        _add(moves, {person: -points})
    position = book.position(person)
    last_before = int(book.last[position])
    book.sequence += 1
    book.last[position] = book.sequence
    book.largest_points = max(book.largest_points, points)
    return _post(
        book,
        act,
        row,
        moves,
        item_id=item_id,
        taker=person,
        points=points,
        credited=tuple(sorted(credited.items())),
        last_before=last_before,
    )


def charge_contest(book: Book, contest: Contest, person: str) -> None:
    """Credit the eligible as a contest would, and let this person pay instead of the most owed.

    The quick form of `charge` for somebody who is in the book already.
    """
    own = book.position(person)
    grade = book.balance[contest.row]
    gain = contest.spread if contest.everyone is None else contest.everyone
    if gain is not None:
        np.add(grade, gain, grade)
        np.add(book.owed, gain, book.owed)
        gained = gain.item(own)
    else:
        assert contest.positions is not None, "a contest of everybody is kept at full length"
        grade[contest.positions] += contest.shares
        book.owed[contest.positions] += contest.shares
        found = np.flatnonzero(contest.positions == own)
        gained = contest.shares.item(found[0]) if found.size else 0
    grade[own] -= contest.points
    book.owed[own] -= contest.points
    # What all others gained together is the largest amount that any subset did.
    book.shift += contest.points - gained
    book.sequence += 1
    book.last_before = book.last.item(own)
    book.last[own] = book.sequence
    book.largest_points = max(book.largest_points, contest.points)


def claim(
    book: Book,
    person: str,
    *,
    row: int,
    points: int,
    weights: Mapping[str, int],
    item_id: str = "",
    least_owed: int,
    most_owed: int,
) -> list[Posting]:
    """A person takes an item from a pool and pays for it.

    Refused while he is owed less than `least_owed` (before crediting; usually −P), unless it costs
    nothing: reviving what others left is kept from nobody. Whoever is then owed more than
    `most_owed` (usually 5P) shares the excess with all members.

    :raises CannotBook: he is too far ahead.
    """
    owed = int(book.owed[book.position(person)]) if book.has(person) else 0
    if points and owed < least_owed:
        raise CannotBook("book.too_far_ahead", person=person, owed=owed, least=least_owed)
    posting = charge(
        book, person, row=row, points=points, weights=weights, item_id=item_id, act=Act.CLAIMED
    )
    return [posting, *cap_owed(book, weights, most_owed=most_owed, row=row)]


def cap_owed(book: Book, weights: Mapping[str, int], *, most_owed: int, row: int) -> list[Posting]:
    """Spread what anybody is owed above `most_owed` over the other members, within one grade."""
    postings = []
    for position in range(len(book.members)):
        excess = int(book.owed[position]) - most_owed
        if excess > 0:
            person = book.members[position]
            moves = {person: -excess}
            others = [name for name in book.members if name != person]
            _add(moves, _spread(excess, others or book.members, weights))
            postings.append(_post(book, Act.CAPPED, row, moves))
    return postings


def void(book: Book, postings: Iterable[Posting], weights: Mapping[str, int]) -> list[Posting]:
    """Take back every posting of an item, newest first: balances are as if it had never come.

    A departed member's part is spread over the others by `weights`. If the taker took nothing
    since, his place in the waiting order is restored too.
    """
    reversed_postings = []
    for posting in reversed(list(postings)):
        moves = _without_departed(book, {who: -amount for who, amount in posting.moves}, weights)
        if book.has(posting.taker) and posting.sequence:
            position = book.position(posting.taker)
            if int(book.last[position]) == posting.sequence:
                book.last[position] = posting.last_before
        reversed_postings.append(
            _post(book, Act.VOIDED, posting.row, moves, item_id=posting.item_id)
        )
    return reversed_postings


def refund(
    book: Book, posting: Posting, weights: Mapping[str, int], *, rate_percent: int
) -> Posting:
    """Give the taker back a part of what he paid; those who were credited give it back.

    100 for a manager's decision or an accepted return, 0 where ignoring must not pay. The item is
    then dealt or charged anew, and its new owner pays in full.
    """
    assert 0 <= rate_percent <= 100, "a refund is between nothing and everything"
    amount = posting.points * rate_percent // 100
    credited = [(who, share) for who, share in posting.credited if share > 0]
    moves: dict[str, int] = {}
    if amount and credited:
        moves[posting.taker] = amount
        back = split(amount, [share for _, share in credited])
        _add(moves, {who: -part for (who, _), part in zip(credited, back, strict=True)})
    moves = _without_departed(book, moves, weights)
    return _post(book, Act.REFUNDED, posting.row, moves, item_id=posting.item_id)


def credit(
    book: Book, person: str, *, row: int, points: int, weights: Mapping[str, int], item_id: str = ""
) -> Posting:
    """Owe a person more (an appeal upheld): the members, he included, make it up by weight.

    :raises CannotBook: not a member.
    """
    _position(book, person)
    moves = {person: points}
    _add(moves, {who: -part for who, part in _spread(points, book.members, weights).items()})
    return _post(book, Act.CREDITED, row, moves, item_id=item_id)


def pay(
    book: Book, person: str, *, row: int, points: int, weights: Mapping[str, int], item_id: str = ""
) -> Posting:
    """A person pays for something that is no item (more time); those who share it are credited.

    It counts as no turn, and nobody is its taker: giving the item back later refunds what the item
    cost, not this. Alone in the group, one pays nothing.
    """
    assert points >= 0, "nobody is paid for asking"
    join(book, person, is_guest=True)
    others = [name for name in book.members if name in weights and name != person]
    moves = _spread(points, others, weights)
    if moves:
        _add(moves, {person: -points})
    return _post(book, Act.EXTENDED, row, moves, item_id=item_id)


def _position(book: Book, person: str) -> int:
    try:
        return book.position(person)
    except KeyError:
        raise CannotBook("book.not_a_member", person=person) from None


def _spread(amount: int, people: Iterable[str], weights: Mapping[str, int]) -> dict[str, int]:
    names = list(people)
    if not names:
        return {}
    by_weight = tuple([weights.get(name, 0) for name in names])
    return dict(zip(names, _parts(amount, by_weight), strict=True))


@lru_cache(maxsize=1_024)
def _parts(amount: int, by_weight: tuple[int, ...]) -> list[int]:
    """Items of a grade cost the same and are shared by the same people: worked out once."""
    # Weights all zero: an amount that must go somewhere is shared equally, never lost.
    return split(amount, by_weight if any(by_weight) else [1] * len(by_weight))


def _add(moves: dict[str, int], more: Mapping[str, int]) -> None:
    for who, amount in more.items():
        moves[who] = moves.get(who, 0) + amount


def _without_departed(
    book: Book, moves: Mapping[str, int], weights: Mapping[str, int]
) -> dict[str, int]:
    kept = {who: amount for who, amount in moves.items() if book.has(who)}
    orphaned = sum(amount for who, amount in moves.items() if not book.has(who))
    if orphaned:
        _add(kept, _spread(orphaned, book.members, weights))
    return kept


def _settled(moves: Mapping[str, int]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted((who, amount) for who, amount in moves.items() if amount))


def _post(
    book: Book,
    act: Act,
    row: int,
    moves: Mapping[str, int],
    *,
    shifts: bool = True,
    item_id: str = "",
    taker: str = "",
    points: int = 0,
    credited: tuple[tuple[str, int], ...] = (),
    last_before: int = 0,
) -> Posting:
    """Book the moves and say so. Everything that is not dealing widens the bound by its δ."""
    settled = _settled(moves)
    assert sum(amount for _, amount in settled) == 0, "a posting adds up to zero"
    for who, amount in settled:
        position = book.position(who)
        book.balance[row, position] += amount
        book.owed[position] += amount
    if shifts:
        book.shift += sum(amount for _, amount in settled if amount > 0)
    return Posting(
        act=act,
        row=row,
        moves=settled,
        item_id=item_id,
        taker=taker,
        points=points,
        credited=credited,
        sequence=book.sequence if taker else 0,
        last_before=last_before,
    )
