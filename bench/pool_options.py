"""What the parts of `bin/bench pool` are told."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Options:
    """How much is to be measured."""

    is_quick: bool = False
