"""What is asked for the next level, and how much of it is there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from evenhand.engine.workload.graduation import Check, Need


@dataclass(frozen=True, slots=True)
class Asked:
    """One need as a page shows it: days; outcomes expected and probability in millionths."""

    check: Check

    @property
    def key(self) -> str:
        """Which need it is."""
        return self.check.need.value

    @property
    def found(self) -> int:
        """What is there."""
        return self.check.found

    @property
    def asked(self) -> int:
        """What is asked."""
        return self.check.asked

    @property
    def is_met(self) -> bool:
        """Whether that is enough."""
        return self.check.is_met

    @property
    def percent(self) -> int:
        """How much of what is asked is there, at most 100."""
        return 100 if self.is_met else min(99, 100 * self.found // max(1, self.asked))


def needs_of(figures: Mapping[str, Any]) -> Sequence[Asked]:
    """The needs of a standing, or of the evidence that a proposal keeps."""
    asked = figures["asked"]
    return [Asked(Check(need, int(figures[need.value]), int(asked[need.value]))) for need in Need]
