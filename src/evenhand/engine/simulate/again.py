"""Items that somebody holds, decided anew one after another: who would have them then.

Each is taken back out of books and loads, decided as if it had just come, and stays where it is if
that is whom it goes to, or if it goes to nobody.
"""

from collections.abc import Callable, Iterable
from copy import copy

from evenhand.engine.facts import Item
from evenhand.engine.ledger.book import Book
from evenhand.engine.routing.contests import books_of
from evenhand.engine.routing.decide import Router
from evenhand.engine.routing.edits import Edit, apply_edit
from evenhand.engine.routing.plan import plan

_KEPT = (
    "arrears",
    "balance",
    "ever",
    "guests",
    "largest_points",
    "largest_slack",
    "last",
    "last_before",
    "members",
    "owed",
    "sequence",
    "shift",
)


class Again:
    """A router and what it has moved so far. Its loads and books are its own."""

    def __init__(self, router: Router) -> None:
        self.router = router
        router.settle_members()

    def ask(self, item: Item, edit: Edit) -> str | None:
        """Who has the item after it was given back by `edit` and dealt anew; None = it stays.

        What moves stays moved for the items after it.
        """
        router = self.router
        reading = router.policy.read(item, now=router.now, clock=router.clock)
        keys = books_of(
            router.policy, plan(reading, router.policy, now=router.now, clock=router.clock)
        )
        for key in keys:
            router.contests.book_at(key)  # what is opened by deciding could not be put back
        put_back = [*map(_kept_book, self._books({*keys, edit.book})), self._kept_loads()]
        apply_edit(router, edit)
        rep_id = router.route(item).rep_id
        if rep_id is not None and rep_id != edit.from_rep:
            return rep_id
        for undo in put_back:
            undo()
        return None

    def _books(self, keys: Iterable[str]) -> list[Book]:
        return [self.router.books[key] for key in sorted(keys) if key in self.router.books]

    def _kept_loads(self) -> Callable[[], None]:
        loads = self.router.loads
        count, points = list(loads.open_count), list(loads.open_points)
        lengths = [len(one) for one in loads.received]

        def undo() -> None:
            loads.open_count[:], loads.open_points[:] = count, points
            for received, length in zip(loads.received, lengths, strict=True):
                del received[length:]
            loads.move_to(loads.now)

        return undo


def _kept_book(book: Book) -> Callable[[], None]:
    kept = {name: copy(getattr(book, name)) for name in _KEPT}

    def undo() -> None:
        for name, value in kept.items():
            setattr(book, name, value)
        book.reindex()

    return undo
