"""A policy file: read, and places in it as people find them again."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evenhand.engine.policy.document import PolicyDocument
from evenhand.engine.policy.load import policy_from_text
from evenhand.engine.policy.problem import InvalidPolicy, Place, PolicyProblem, path_text
from evenhand.engine.policy.text import PolicyText, policy_text
from evenhand.engine.reasons import reason

# The keys by which parts of a list are called.
_NAMES = ("rule", "group", "level", "territory", "pool", "cap", "id", "grade", "field")


@dataclass(frozen=True, slots=True)
class PolicyFile:
    """A policy file that could be read: its text, with places, and the document."""

    path: Path
    text: PolicyText
    document: PolicyDocument

    def line_of(self, problem: PolicyProblem) -> int:
        """The line of a finding, 0 if it is not known."""
        return problem.line or self.text.line_of(problem.place)


def read_policy_file(path: Path) -> PolicyFile:
    """Read a policy file.

    :raises InvalidPolicy: not UTF-8, not YAML or JSON, or not a policy; lists every mistake.
    """
    text = policy_text(_content(path))
    return PolicyFile(path, text, policy_from_text(text))


def _content(path: Path) -> str:
    try:
        return path.read_text("utf-8-sig")
    except UnicodeDecodeError as error:
        problem = PolicyProblem((), reason("policy.not_utf8"), "the file is not UTF-8 text")
        raise InvalidPolicy((problem,)) from error


def place_text(place: Place, plain: Any) -> str:
    """A place with the names of the parts on the way: `rules[3](华东).when`."""
    text, value = "", plain
    for k, step in enumerate(place):
        text = path_text((*place[: k + 1],)) if not text else _longer(text, step)
        value = _inner(value, step)
        name = _name(value) if isinstance(step, int) else ""
        text += f"({name})" if name else ""
    return text


def _longer(text: str, step: str | int) -> str:
    return f"{text}[{step + 1}]" if isinstance(step, int) else f"{text}.{step}"


def _inner(value: Any, step: str | int) -> Any:
    try:
        return value[step]
    except (KeyError, IndexError, TypeError):
        return None


def _name(value: Any) -> str:
    if not isinstance(value, dict):
        return ""
    found = (value[key] for key in _NAMES if key in value)
    return next((name for name in found if isinstance(name, str)), "")
