"""Acts of the API: each is a POST, documented under its name, and done once per key."""

from collections.abc import Callable
from typing import Any

from ninja import Router

from evenhand.api.idempotency import View, idempotent

Acts = Callable[[str, str, Any], Callable[[View], Any]]


def act_of(router: Router) -> Acts:
    """A decorator for the acts of a router: `@act(path, name, response)`.

    Its words are `api-op-<name>` and `api-op-<name>-text`, with `-` for `_`.
    """

    def act(path: str, name: str, response: Any) -> Callable[[View], Any]:
        words = f"api-op-{name.replace('_', '-')}"
        route = router.post(
            path,
            response=response,
            operation_id=name,
            summary=words,
            description=f"{words}-text",
        )

        def decorate(view: View) -> Any:
            return route(idempotent(view))

        return decorate

    return act
