"""What keeping and losing items refuses, in words."""

from evenhand.engine.reasons import Param, reason
from evenhand.platform.refusal import Refused


class CannotKeep(Refused):
    """More time, a lock, a pause or an answer that does not fit; nothing is changed."""


def refuse(code: str, *, field: str = "", **params: Param) -> CannotKeep:
    """A refusal, in words."""
    return CannotKeep(reason(code, **params), field=field)
