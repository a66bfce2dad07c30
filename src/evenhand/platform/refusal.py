"""What the domain refuses: one base for every refusal that a person gets in words."""

from math import ceil

from evenhand.engine.reasons import Reason, reason


class Refused(Exception):
    """An act could not be done; `why` is a reason code with parameters, worded at the edge.

    Packages subclass it beside the operation that raises it (`CannotTransfer`, `CannotInvite`).
    `field` names the input that was wrong, where it was one.
    """

    def __init__(self, why: Reason, *, field: str = "") -> None:
        super().__init__(why.code)
        self.why = why
        self.field = field


class TooOften(Refused):
    """So many in so short a time that the next has to wait `seconds`, a whole number; `code` is
    the reason that names them."""

    def __init__(self, code: str, wait: float) -> None:
        self.seconds = max(1, ceil(wait))
        super().__init__(reason(code, seconds=self.seconds))


class NotFound(Exception):
    """There is no such thing for this actor: absent and out of reach alike."""

    def __init__(self, kind: str, object_id: int) -> None:
        super().__init__(f"{kind} {object_id} not found")
        self.kind = kind
        self.item_id = object_id
