"""What is wrong with a policy document: where, why, how bad, and in plain English what to do."""

from dataclasses import dataclass
from enum import StrEnum

from evenhand.engine.reasons import Reason

Place = tuple[str | int, ...]


class Gravity(StrEnum):
    """How bad a finding is, worst first."""

    ERROR = "error"  # the document cannot be used
    WARNING = "warning"  # it can, but hardly does what was meant
    HINT = "hint"  # worth knowing


def path_text(place: Place) -> str:
    """A place as people count: `rules[3].to.group` is the third rule."""
    text = ""
    for step in place:
        if isinstance(step, int):
            text += f"[{step + 1}]"
        else:
            text += f".{step}" if text else step
    return text


@dataclass(frozen=True, slots=True)
class PolicyProblem:
    """One finding. `place` leads to it in the document; `line` is that of the text, 0 = unknown.

    `message` is plain English for developers and logs; readers get the words of `why`.
    """

    place: Place
    why: Reason
    message: str = ""
    gravity: Gravity = Gravity.ERROR
    line: int = 0

    @property
    def path(self) -> str:
        """The place as text."""
        return path_text(self.place)

    @property
    def is_error(self) -> bool:
        """Whether the document cannot be used as it is."""
        return self.gravity is Gravity.ERROR

    def __str__(self) -> str:
        where = self.path or (f"line {self.line}" if self.line else "document")
        return f"{where}: {self.message or _params_text(self.why)}"


class InvalidPolicy(Exception):
    """The document cannot be used; `problems` lists every mistake found, none twice."""

    def __init__(self, problems: tuple[PolicyProblem, ...]) -> None:
        super().__init__("; ".join(str(one) for one in problems))
        self.problems = problems


def _params_text(why: Reason) -> str:
    said = ", ".join(f"{name} {value}" for name, value in why.params)
    return f"{why.code} ({said})" if said else why.code
