"""Writing postings, with the rows of shares that many of them have in common."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from hashlib import sha256
from typing import NamedTuple

from django.db import connection, transaction

from evenhand.engine.ledger.bookings import Posting as Booked
from evenhand.ledger.store import Kept
from evenhand.platform.rows import insert_rows

_KEPT_MOST = 20_000
_known_shares: dict[str, int] = {}


@dataclass(frozen=True, slots=True)
class Share:
    """Who is credited with how much, by person id."""

    members: tuple[int, ...]
    amounts: tuple[int, ...]
    digest: str = field(init=False)  # the same for the same people and amounts

    def __post_init__(self) -> None:
        text = f"{','.join(map(str, self.members))}|{','.join(map(str, self.amounts))}"
        object.__setattr__(self, "digest", sha256(text.encode()).hexdigest())


class NewPosting(NamedTuple):
    """A posting on its way to its row."""

    book_id: int
    number: int
    act: str
    row: int
    item_kind: str
    item_id: int | None
    taker_id: int | None
    points: int
    share: Share | None
    moves: tuple[tuple[int, int], ...] | None
    sequence: int
    last_before: int
    receipt_id: int | None


def posting_of(
    kept: Kept,
    booked: Booked,
    *,
    item_kind: str = "",
    item_id: int | None = None,
    receipt_id: int | None = None,
) -> NewPosting:
    """An act by hand, or a departure, with its moves spelled out.

    What was credited goes along as a row of shares, so that the act can be taken back exactly.
    """
    return NewPosting(
        book_id=kept.id,
        number=kept.next_number(),
        act=booked.act.value,
        row=booked.row,
        item_kind=item_kind,
        item_id=item_id,
        taker_id=int(booked.taker) if booked.taker else None,
        points=booked.points,
        share=_share_of(booked.credited) if booked.credited else None,
        moves=tuple((int(who), amount) for who, amount in booked.moves),
        sequence=booked.sequence,
        last_before=booked.last_before,
        receipt_id=receipt_id,
    )


@lru_cache(maxsize=256)
def _share_of(credited: tuple[tuple[str, int], ...]) -> Share:
    return Share(tuple(int(who) for who, _ in credited), tuple(amount for _, amount in credited))


def write_postings(postings: Sequence[NewPosting], *, at: datetime) -> None:
    """Write postings in the caller's transaction."""
    if not postings:
        return
    ids = _share_ids({one.share.digest: one.share for one in postings if one.share is not None})
    insert_rows(
        "posting",
        _POSTING,
        [
            (
                one.book_id,
                one.number,
                one.act,
                one.row,
                one.item_kind,
                one.item_id,
                one.taker_id,
                one.points,
                None if one.share is None else ids[one.share.digest],
                one.moves,
                one.sequence,
                one.last_before,
                one.receipt_id,
            )
            for one in postings
        ],
        same={"at": at},
    )


_POSTING = {
    "book_id": "bigint",
    "number": "bigint",
    "act": "text",
    "row": "smallint",
    "item_kind": "text",
    "item_id": "bigint",
    "taker_id": "bigint",
    "points": "bigint",
    "shares_id": "bigint",
    "moves": "jsonb",
    "sequence": "bigint",
    "last_before": "bigint",
    "receipt_id": "bigint",
}


def _share_ids(shares: dict[str, Share]) -> dict[str, int]:
    found = {digest: _known_shares[digest] for digest in shares if digest in _known_shares}
    missing = [digest for digest in shares if digest not in found]
    if not missing:
        return found
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO shares (digest, members, amounts) VALUES (%s, %s, %s)"
            " ON CONFLICT (digest) DO NOTHING",
            [(d, list(shares[d].members), list(shares[d].amounts)) for d in sorted(missing)],
        )
        cursor.execute("SELECT digest, id FROM shares WHERE digest = ANY(%s)", [missing])
        new = dict(cursor.fetchall())
    # Only once they are committed may others of this process rely on them.
    transaction.on_commit(lambda: _remember(new))
    return found | new


def _remember(new: dict[str, int]) -> None:
    if len(_known_shares) > _KEPT_MOST:
        _known_shares.clear()
    _known_shares.update(new)
