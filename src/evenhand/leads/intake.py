"""A new lead as a typed command: what any door (API, form, by hand, import) hands to routing."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from decimal import Decimal, InvalidOperation
from typing import Any

from evenhand.engine.reasons import Reason, reason

TEXT_LIMITS: dict[str, int] = {
    "line": 80,
    "external_id": 120,
    "name": 120,
    "title": 120,
    "company": 200,
    "phone": 40,
    "email": 254,
    "region": 120,
    "industry": 60,
    "product": 80,
    "source": 60,
    "campaign": 80,
    "size": 40,
    "language": 20,
    "skill": 60,
    "currency": 3,
    "grade": 40,
    "note": 4000,
}
_LARGEST: dict[str, int] = {"employees": 2**31 - 1, "collected_by": 2**63 - 1}
_LARGEST_OTHER = 10**15
# Fields of a company's own: so many, with such names and texts, and no more.
MOST_EXTRA = 100
LONGEST_EXTRA_NAME = 80


@dataclass(frozen=True, slots=True)
class LeadIn:
    """One lead as it came in; texts are stripped, "" = not said."""

    line: str = ""  # key of the business line; "" = the default one
    external_id: str = ""
    name: str = ""
    title: str = ""
    company: str = ""
    phone: str = ""
    email: str = ""
    region: str = ""
    industry: str = ""
    product: str = ""
    source: str = ""
    campaign: str = ""
    size: str = ""
    language: str = ""
    skill: str = ""
    budget: int | None = None  # whole units of `currency`
    currency: str = ""
    employees: int | None = None
    grade: str = ""
    note: str = ""
    collected_by: int | None = None  # a rep's id
    extra: Mapping[str, Any] = field(default_factory=dict)
    via: str = "api"


FIELD_NAMES = frozenset(one.name for one in fields(LeadIn)) - {"via"}


@dataclass(frozen=True, slots=True)
class FieldProblem:
    """What is wrong with one field: its name, the value as given, and why."""

    field: str
    value: str
    why: Reason


class InvalidIntake(Exception):
    """The lead cannot be used as it is; every wrong field is named."""

    def __init__(self, problems: tuple[FieldProblem, ...]) -> None:
        super().__init__(", ".join(f"{one.field}: {one.why.code}" for one in problems))
        self.problems = problems


def read_lead(data: Mapping[str, Any], *, via: str = "api") -> LeadIn:
    """A lead from plain values, such as a JSON body.

    :raises InvalidIntake: unknown or unusable fields, or nothing to know the person by.
    """
    problems: list[FieldProblem] = []
    found: dict[str, Any] = {}
    for name, value in data.items():
        if name not in FIELD_NAMES:
            problems.append(_problem(name, value, "intake.unknown_field"))
        elif value is not None:
            _read_field(name, value, found, problems)
    lead = LeadIn(**found, via=via)
    if not problems and not (lead.name or lead.company or lead.phone or lead.email):
        problems.append(_problem("name", "", "intake.nobody"))
    if problems:
        raise InvalidIntake(tuple(problems))
    return lead


def _read_field(name: str, value: Any, found: dict[str, Any], problems: list[FieldProblem]) -> None:
    if name in TEXT_LIMITS:
        limit = TEXT_LIMITS[name]
        if not isinstance(value, str):
            problems.append(_problem(name, value, "intake.not_text"))
            return
        text = value.replace("\x00", "").strip()
        if len(text) > limit:
            problems.append(_problem(name, text, "intake.too_long", limit=limit))
        elif name == "email" and text and ("@" not in text or " " in text):
            problems.append(_problem(name, text, "intake.not_an_email"))
        else:
            found[name] = text
    elif name == "extra":
        _read_extra(value, found, problems)
    else:
        _read_number(name, value, found, problems)


def _read_extra(value: Any, found: dict[str, Any], problems: list[FieldProblem]) -> None:
    if not isinstance(value, Mapping) or not all(
        isinstance(one, str | int | bool | float | None) for one in value.values()
    ):
        problems.append(_problem("extra", value, "intake.not_flat"))
        return
    if len(value) > MOST_EXTRA:
        problems.append(_problem("extra", len(value), "intake.too_many", limit=MOST_EXTRA))
    for name, one in value.items():
        limit = TEXT_LIMITS["note"] if len(str(name)) <= LONGEST_EXTRA_NAME else LONGEST_EXTRA_NAME
        is_text_too_long = isinstance(one, str) and len(one) > TEXT_LIMITS["note"]
        if is_text_too_long or len(str(name)) > LONGEST_EXTRA_NAME:
            problems.append(_problem(f"extra.{name}", one, "intake.too_long", limit=limit))
    found["extra"] = dict(value)


def _read_number(
    name: str, value: Any, found: dict[str, Any], problems: list[FieldProblem]
) -> None:
    try:
        number = Decimal(str(value)) if not isinstance(value, bool) else None
    except InvalidOperation:
        number = None
    if (
        number is None
        or not number.is_finite()
        or not 0 <= number <= (_LARGEST.get(name, _LARGEST_OTHER))
    ):
        problems.append(_problem(name, value, "intake.not_a_number"))
    else:
        found[name] = int(number)


def _problem(name: str, value: Any, code: str, **params: Any) -> FieldProblem:
    # A long list is not written out to show its beginning.
    shown = str(value) if isinstance(value, str | int | float | None) else type(value).__name__
    return FieldProblem(str(name)[:80], shown[:80], reason(code, **params))
