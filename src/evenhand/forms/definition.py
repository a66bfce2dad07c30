"""What a form is made of, as plain values: fields, texts per language, dates, limits.

Texts that nobody wrote are the product's own, in every language; what stands here is only what
somebody chose.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field, fields
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from evenhand.engine.facts import FieldType
from evenhand.engine.policy.document import CustomField
from evenhand.engine.reasons import Reason, reason
from evenhand.wording.catalogue import LOCALES

# Fields of a lead that a visitor can be asked for.
LEAD_FIELDS = (
    *("name", "title", "company", "phone", "email", "region", "industry", "product", "size"),
    *("employees", "budget", "language", "note"),
)
CONTACTS = ("phone", "email")
OWN = "own."  # before the name of a field of the line's own
OWN_TYPES = frozenset(
    {FieldType.TEXT, FieldType.NUMBER, FieldType.BOOLEAN, FieldType.DATE, FieldType.REGION}
)
COLORS = ("blue", "green", "purple", "orange", "red", "gray")
TEXTS = {"title": 80, "lead": 500, "button": 40, "consent": 2_000, "thanks": 1_000}
MOST_FIELDS, MOST_CHOICES, LONGEST_CHOICE, LONGEST_LABEL, LONGEST_HELP = 40, 100, 80, 120, 300
MOST_WORDS, LONGEST_WORD = 200, 60

Said = Mapping[str, str]  # locale → text


@dataclass(frozen=True, slots=True)
class Asked:
    """A field of the form. With a `constant` it is not asked: the lead has that value."""

    name: str
    label: Said = field(default_factory=dict)
    help: Said = field(default_factory=dict)
    required: bool = False
    choices: tuple[str, ...] = ()
    constant: str = ""


@dataclass(frozen=True, slots=True)
class Definition:
    """A whole form."""

    fields: tuple[Asked, ...] = ()
    title: Said = field(default_factory=dict)
    lead: Said = field(default_factory=dict)
    button: Said = field(default_factory=dict)
    consent: Said = field(default_factory=dict)
    thanks: Said = field(default_factory=dict)
    go_to: str = ""  # instead of the thanks
    source: str = ""  # constant; "" = what the address says
    campaign: str = ""
    languages: tuple[str, ...] = LOCALES
    color: str = "blue"
    opens_on: str = ""  # the first day, ISO
    closes_on: str = ""  # the last day
    blocked: tuple[str, ...] = ()
    most_links: int = 2

    def as_plain(self) -> dict[str, Any]:
        """As JSON holds it."""
        plain: dict[str, Any] = json.loads(json.dumps(asdict(self)))
        return plain


def said_in(said: Said, locale: str, text: str) -> dict[str, str]:
    """A text per language with one of them changed; "" takes it away."""
    kept = {key: value for key, value in said.items() if key != locale}
    return kept | ({locale: text} if text else {})


def from_plain(plain: Mapping[str, Any]) -> Definition:
    """A definition from JSON; what is not known is left out."""
    known = {one.name for one in fields(Definition)} - {"fields"}
    values: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value
        for name, value in plain.items()
        if name in known
    }
    asked = tuple(
        Asked(**{**one, "choices": tuple(one.get("choices", ()))}) for one in plain["fields"]
    )
    return Definition(fields=asked, **values)


def first_definition() -> Definition:
    """A new form: who it is, how to reach him, what he wants."""
    names = ("name", "company", "phone", "email", "region", "note")
    return Definition(fields=tuple(Asked(one, required=one == "name") for one in names))


def own_fields(custom: Iterable[CustomField]) -> dict[str, CustomField]:
    """The line's own fields that a visitor can be asked for, by name as forms call them."""
    return {
        OWN + one.field.removeprefix("lead."): one
        for one in custom
        if one.field.startswith("lead.") and one.type in OWN_TYPES
    }


def problems(found: Definition, own: Mapping[str, CustomField]) -> Iterator[tuple[str, Reason]]:
    """What keeps a form from being published: where it is, and why."""
    shown = {one.name for one in found.fields if not one.constant}
    if not shown & set(CONTACTS):
        yield "fields", reason("form.no_contact")
    for one in found.fields:
        if one.name not in LEAD_FIELDS and one.name not in own:
            yield one.name, reason("form.field_gone", field=one.name.removeprefix(OWN))
        elif one.choices and one.constant and one.constant not in one.choices:
            yield one.name, reason("form.constant_not_a_choice", value=one.constant[:60])
        else:
            yield from _of_own(one, own.get(one.name))
    if found.go_to and not _is_address(found.go_to):
        yield "go_to", reason("form.not_an_address", value=found.go_to[:80])
    if not found.languages:
        yield "languages", reason("form.no_language")
    for name in ("opens_on", "closes_on"):
        if getattr(found, name) and day_of(getattr(found, name)) is None:
            yield name, reason("form.not_a_day", value=getattr(found, name)[:40])
    first, last = day_of(found.opens_on), day_of(found.closes_on)
    if first and last and last < first:
        yield "closes_on", reason("form.closes_first")


def _of_own(one: Asked, custom: CustomField | None) -> Iterator[tuple[str, Reason]]:
    if custom is None or not custom.choices:
        return
    for value in (*one.choices, *([one.constant] if one.constant else [])):
        if value not in custom.choices:
            yield one.name, reason("form.constant_not_a_choice", value=value[:60])
            return


def is_open(found: Definition, today: date) -> bool:
    """Whether a form is open on a day."""
    first, last = day_of(found.opens_on), day_of(found.closes_on)
    return (first is None or first <= today) and (last is None or today <= last)


def day_of(text: str) -> date | None:
    """A day written as YYYY-MM-DD, else None."""
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _is_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in ("https", "http") and bool(parts.hostname) and len(text) <= 500
