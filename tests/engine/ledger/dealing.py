"""A small world for ledger tests: items as (grade, points, who may, weights), dealt in order."""

from dataclasses import dataclass

from evenhand.engine.facts import POINT
from evenhand.engine.ledger.book import Book
from evenhand.engine.ledger.bookings import Posting, dealt_posting
from evenhand.engine.ledger.draw import draw_for

GRADES = ("A", "B", "C")


@dataclass(frozen=True)
class Lead:
    """An item to deal: who may take it, with which weight, and how well it fits them."""

    grade: str
    points: int  # whole points
    weights: dict[str, int]
    fits: dict[str, int] | None = None


def deal(book: Book, lead: Lead, *, tau: int = 0, item_id: str = "L") -> Posting | None:
    """Deal one lead among the members that may take it; None if nobody can."""
    able = {who: w for who, w in sorted(lead.weights.items()) if w > 0 and book.has(who)}
    if not able:
        return None
    fits = lead.fits or {}
    contest = book.contest(
        row=book.row(lead.grade),
        points=lead.points * POINT,
        eligible=[book.position(who) for who in able],
        weights=list(able.values()),
        bonus=[tau * fits.get(who, 0) // 1_000_000 for who in able],
    )
    winner = book.take(contest, slack=tau, draw=lambda: seed_of(item_id))
    return dealt_posting(book, contest, winner, item_id=item_id)


def seed_of(item_id: str) -> bytes:
    """The draw of an item in these tests."""
    return draw_for(seed="test", item_id=item_id, round_=0, policy_version="1")
