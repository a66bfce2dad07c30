"""What rebalancing refuses, in words."""

from evenhand.engine.reasons import Param, Reason, reason
from evenhand.engine.workload.moves import MoveFault
from evenhand.platform.refusal import Refused


class CannotRebalance(Refused):
    """An act on a rebalance that does not fit; nothing is changed."""


def refuse(code: str, *, field: str = "", **params: Param) -> CannotRebalance:
    """A refusal, in words."""
    return CannotRebalance(reason(code, **params), field=field)


def fault_reason(fault: MoveFault) -> Reason:
    """Why a move cannot be made."""
    return reason(f"rebalance.{fault.value}")
