"""What a manager changes afterwards: void, transfer, return, claim, assign by hand, credit.

Every act is booked in the ledger and leaves a line in the receipts that replays like any other.
(reference: algorithms a, table "Operations")
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from evenhand.engine.facts import POINT
from evenhand.engine.ledger import bookings
from evenhand.engine.ledger.bookings import Posting
from evenhand.engine.routing.contests import counts_turns
from evenhand.engine.routing.decide import Router


class EditAct(StrEnum):
    """What was done to an item, or for a person, after dealing."""

    VOID = "void"  # invalid or duplicate: as if it had never come
    TRANSFER = "transfer"  # to somebody else, by a manager
    RETURN = "return"  # handed back; it will be dealt again
    CLAIM = "claim"  # taken from a pool
    ASSIGN = "assign"  # by hand, from the unassigned
    CREDIT = "credit"  # an appeal upheld
    EXTEND = "extend"  # more time for a clock over it; the owner pays `points`


@dataclass(frozen=True, slots=True)
class Edit:
    """One act with everything its booking depends on.

    `points` is what the item is worth, also where the book counts turns and it costs one;
    `originals` are the item's postings so far; `weights` those of the members who share what
    is credited; `rate_percent` what the former owner gets back.
    """

    act: EditAct
    item_id: str
    book: str
    row: int = 0
    points: int = 0
    from_rep: str = ""
    to_rep: str = ""
    rate_percent: int = 100
    originals: tuple[Posting, ...] = ()
    weights: tuple[tuple[str, int], ...] = ()
    actor: str = ""
    note: str = ""

    def as_json(self) -> dict[str, Any]:
        """The edit as plain values."""
        return {
            "act": self.act.value,
            "i": self.item_id,
            "book": self.book,
            "row": self.row,
            "points": self.points,
            "from": self.from_rep,
            "to": self.to_rep,
            "rate": self.rate_percent,
            "originals": [posting.as_json() for posting in self.originals],
            "weights": [list(pair) for pair in self.weights],
            "by": self.actor,
            "note": self.note,
        }


def edit_from_json(data: Mapping[str, Any]) -> Edit:
    """The inverse of `Edit.as_json`.

    :raises KeyError, ValueError, TypeError: the data are not those of an edit.
    """
    return Edit(
        act=EditAct(data["act"]),
        item_id=data["i"],
        book=data["book"],
        row=int(data["row"]),
        points=int(data["points"]),
        from_rep=data["from"],
        to_rep=data["to"],
        rate_percent=int(data["rate"]),
        originals=tuple(Posting.from_json(posting) for posting in data["originals"]),
        weights=tuple((str(who), int(weight)) for who, weight in data["weights"]),
        actor=data["by"],
        note=data["note"],
    )


def apply_edit(router: Router, edit: Edit) -> list[Posting]:
    """Book one edit and bring the open loads in line; returns its postings.

    :raises CannotBook: refused by the ledger (too far ahead to claim, nobody to credit).
    """
    postings = _book(router, edit) if edit.book else []
    position = router.roster.position
    if edit.from_rep in position and edit.act in (EditAct.VOID, EditAct.TRANSFER, EditAct.RETURN):
        router.loads.give_back(position[edit.from_rep], edit.points)
    if edit.to_rep in position and edit.act in (
        EditAct.TRANSFER,
        EditAct.CLAIM,
        EditAct.ASSIGN,
    ):
        router.loads.take(position[edit.to_rep], edit.points)
    return postings


def book_edit(router: Router, edit: Edit) -> tuple[str, list[Posting]]:
    """Book one edit; returns its line of the receipts, and its postings.

    :raises CannotBook: as `apply_edit`.
    """
    postings = apply_edit(router, edit)
    data = {"t": "edit", **edit.as_json(), "postings": [one.as_json() for one in postings]}
    return _encode(data), postings


_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def edit_lines(router: Router, edit: Edit) -> list[str]:
    """Book one edit and return its line of the receipts."""
    return [book_edit(router, edit)[0]]


def _book(router: Router, edit: Edit) -> list[Posting]:
    book = router.books[edit.book]
    weights = dict(edit.weights)
    cost = POINT if counts_turns(edit.book) else edit.points
    match edit.act:
        case EditAct.VOID:
            return bookings.void(book, edit.originals, weights)
        case EditAct.RETURN:
            return _refunds(router, edit, weights)
        case EditAct.TRANSFER:
            others = {who: weight for who, weight in weights.items() if who != edit.from_rep}
            return [
                *_refunds(router, edit, weights),
                _charge(router, edit, cost, others or weights),
            ]
        case EditAct.CLAIM:
            largest = router.policy.largest_points
            least = router.policy.parts.fairness.claim_least_owed
            return bookings.claim(
                book,
                edit.to_rep,
                row=edit.row,
                points=cost,
                weights=weights,
                item_id=edit.item_id,
                least_owed=-largest if least is None else -least,
                most_owed=5 * largest,
            )
        case EditAct.ASSIGN:
            return [_charge(router, edit, cost, weights)]
        case EditAct.CREDIT:
            return [
                bookings.credit(
                    book,
                    edit.to_rep,
                    row=edit.row,
                    points=edit.points,
                    weights=weights,
                    item_id=edit.item_id,
                )
            ]
        case EditAct.EXTEND:
            return [
                bookings.pay(
                    book,
                    edit.from_rep,
                    row=edit.row,
                    points=edit.points,
                    weights=weights,
                    item_id=edit.item_id,
                )
            ]


def _refunds(router: Router, edit: Edit, weights: Mapping[str, int]) -> list[Posting]:
    """Refund what the owner paid last; earlier owners were refunded when they gave it up.

    What was refunded or voided since is not refunded again: he has the item for nothing this time.
    """
    for posting in reversed(edit.originals):
        if posting.act in (bookings.Act.REFUNDED, bookings.Act.VOIDED):
            break
        if posting.taker == edit.from_rep:
            book, rate = router.books[edit.book], edit.rate_percent
            return [bookings.refund(book, posting, weights, rate_percent=rate)]
    return []


def _charge(router: Router, edit: Edit, cost: int, weights: Mapping[str, int]) -> Posting:
    return bookings.charge(
        router.books[edit.book],
        edit.to_rep,
        row=edit.row,
        points=cost,
        weights=weights,
        item_id=edit.item_id,
    )
