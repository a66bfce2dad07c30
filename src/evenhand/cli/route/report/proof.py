"""The proof that a deal was fair: every book summed, and the furthest balance beside its bound."""

from collections.abc import Mapping
from dataclasses import dataclass

from evenhand.cli.route.report.shares import Share, group_of, kind_of
from evenhand.cli.route.run import Run
from evenhand.engine.ledger.book import Book


@dataclass(frozen=True, slots=True)
class GradeSum:
    """One grade of one book: what was dealt in the run, and the balances as they stand now."""

    grade: str  # "" where the grades are kept together
    items: int
    points: int
    owed: int
    ahead: int  # negative or 0

    @property
    def total(self) -> int:
        """What all balances of the grade add up to: 0, or the book is broken."""
        return self.owed + self.ahead


@dataclass(frozen=True, slots=True)
class BookProof:
    """One book summed. Amounts in micro-points, in books by count in turns of one point."""

    key: str
    grades: tuple[GradeSum, ...]
    people: int
    people_ever: int
    largest_points: int
    slack: int
    shift: int
    bound: int
    furthest: int  # signed, of whoever is furthest from zero
    furthest_id: str
    jain: float | None  # None = nothing to compare
    is_sound: bool

    @property
    def group(self) -> str:
        """Whose book it is; "*" = the whole company."""
        return group_of(self.key)

    @property
    def kind(self) -> str:
        """value, work or count."""
        return kind_of(self.key)


def proofs_of(run: Run, by_book: Mapping[str, Mapping[str, Share]]) -> list[BookProof]:
    """Every book in which anything stands."""
    return [
        proof_of(key, run.router.books[key], shares)
        for key, shares in by_book.items()
        if any(one.item_count or one.before or one.after for one in shares.values())
    ]


def proof_of(key: str, book: Book, shares: Mapping[str, Share]) -> BookProof:
    """One book summed, from its own balances."""
    owed = [int(amount) for amount in book.owed]
    at = max(range(len(owed)), key=lambda position: abs(owed[position]))
    return BookProof(
        key=key,
        grades=tuple(_grade_sums(book, shares)),
        people=len(book.members),
        people_ever=len(book.ever),
        largest_points=book.largest_points,
        slack=book.largest_slack,
        shift=book.shift,
        bound=book.bound(),
        furthest=owed[at],
        furthest_id=book.members[at],
        jain=jain_of(shares),
        is_sound=book.is_sound(),
    )


def _grade_sums(book: Book, shares: Mapping[str, Share]) -> list[GradeSum]:
    found = []
    for row, grade in enumerate(book.grades):
        balances = [int(amount) for amount in book.balance[row]]
        # Kept together, the book's one row holds the items of every grade.
        own = (
            [grade] if book.by_grade else sorted({g for one in shares.values() for g in one.items})
        )
        items = sum(one.items[name] for one in shares.values() for name in own)
        if items or any(balances):
            found.append(
                GradeSum(
                    grade=grade if book.by_grade else "",
                    items=items,
                    points=sum(one.points[name] for one in shares.values() for name in own),
                    owed=sum(amount for amount in balances if amount > 0),
                    ahead=sum(amount for amount in balances if amount < 0),
                )
            )
    return found


def jain_of(shares: Mapping[str, Share]) -> float | None:
    """Jain's index (Σx)² / (n·Σx²) of x = received ÷ entitled in this run; 1 = all alike.

    None if fewer than two people were entitled to anything: there is nothing to compare.
    """
    parts = [one.received / one.entitled for one in shares.values() if one.entitled > 0]
    squares = sum(part * part for part in parts)
    if len(parts) < 2 or not squares:
        return None
    return sum(parts) ** 2 / (len(parts) * squares)
