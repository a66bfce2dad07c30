"""The shape of acts by hand: assign, transfer, hand back, void."""

from collections.abc import Callable
from typing import Any

from ninja import Router

from evenhand.api.idempotency import View, idempotent
from evenhand.api.schemas.shared import Done


def acts_on(router: Router, things: str, kind: str) -> Callable[[str], Callable[[View], Any]]:
    """A decorator per act on things of a kind: `POST /things/{kind_id}/act`, answered by a receipt.

    What the act says of itself in the documents stands in the catalogues under its name.
    """

    def act(name: str) -> Callable[[View], Any]:
        route = router.post(
            f"/{things}/{{{kind}_id}}/{name}",
            response={200: Done},
            operation_id=f"{things}_{name}",
            summary=f"api-op-{things}-{name}",
            description=f"api-op-{name}-text",
        )
        return lambda view: route(idempotent(view))

    return act
