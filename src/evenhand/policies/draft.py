"""A policy being edited: read from text, checked, linted against the people who are there."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.utils import timezone

from evenhand.engine.policy.document import PolicyDocument
from evenhand.engine.policy.lint import lint
from evenhand.engine.policy.load import policy_from_plain, policy_from_text
from evenhand.engine.policy.problem import InvalidPolicy, PolicyProblem
from evenhand.engine.policy.text import policy_text
from evenhand.people.snapshot import people_now
from evenhand.policies.spellings import with_region_spellings


@dataclass(frozen=True, slots=True)
class Draft:
    """What the text means, if it means anything, and what was found."""

    document: PolicyDocument | None
    problems: tuple[PolicyProblem, ...]

    @property
    def has_errors(self) -> bool:
        """Whether it cannot be published as it is."""
        return self.document is None or any(one.is_error for one in self.problems)


def read_draft(text: str, *, line_key: str) -> Draft:
    """Read and check YAML or JSON; mistakes are findings with their line, never exceptions."""
    try:
        document = policy_from_text(policy_text(text))
    except InvalidPolicy as error:
        return Draft(None, error.problems)
    return _checked(document, text, line_key)


def read_plain(plain: Mapping[str, Any], *, line_key: str) -> Draft:
    """Read and check a stored document as the people are now; it may name what is no more."""
    try:
        document = policy_from_plain(plain)
    except InvalidPolicy as error:
        return Draft(None, error.problems)
    return _checked(document, None, line_key)


def _checked(document: PolicyDocument, text: str | None, line_key: str) -> Draft:
    document = with_region_spellings(document.model_copy(update={"line": line_key}))
    now = timezone.now()
    report = lint(document, now=now, team=people_now(now).team)
    if text is None:
        return Draft(document, report.problems)
    where = policy_text(text)
    problems = (replace(one, line=one.line or where.line_of(one.place)) for one in report.problems)
    return Draft(document, tuple(problems))
