"""What is asked again and stays leaves everything as it was."""

import json

import pytest

from evenhand.engine.facts import Item, Rep
from evenhand.engine.policy.load import policy_from_plain
from evenhand.engine.routing.decide import Router
from evenhand.engine.routing.edits import Edit, EditAct
from evenhand.engine.routing.policy import Policy
from evenhand.engine.routing.team import Team
from evenhand.engine.simulate.again import Again
from tests.engine.simulate.world import NOW, document

TEAM = Team.of(Rep(f"r{number}", capacity=9) for number in range(4))


def state(router: Router) -> str:
    books = {key: book.as_json() for key, book in router.books.items() if book.sequence}
    return json.dumps([books, router.loads.open_count, router.loads.open_points])


@pytest.mark.parametrize("strategy", ("fair_share", "rotation", "best_fit"))
def test_an_item_that_stays_moves_neither_books_nor_loads(strategy: str) -> None:
    policy = Policy(policy_from_plain(document(strategy)))
    router = Router(policy, TEAM, now=NOW, seed="s")
    again = Again(router)
    items = [Item(f"L{number}", {"grade": "AB"[number % 2]}, round=1) for number in range(24)]
    for item in items:
        before = state(router)
        held = router.copy()
        holder = held.route(item).rep_id  # whom it goes to anyway: it cannot but stay
        assert holder is not None
        nothing_paid = Edit(act=EditAct.RETURN, item_id=item.id, book="", from_rep=holder)
        assert again.ask(item, nothing_paid) is None
        assert state(router) == before
        router.route(item)
