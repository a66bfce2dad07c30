"""What a call says, by its mapping: entries that are tests, that are none of ours, leads, contacts.

Pure: the same call and the same mapping give the same.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import Any

from evenhand.connectors.calls import Call, plain_body
from evenhand.connectors.mapping.document import Check, Document, Rest, Where
from evenhand.connectors.mapping.paths import as_text, opened, values_at
from evenhand.connectors.mapping.terms import (
    At,
    Count,
    First,
    Join,
    Moment,
    OneOf,
    Pick,
    Term,
    value_of,
)
from evenhand.connectors.signing import holds
from evenhand.engine.reasons import Reason, reason
from evenhand.leads.intake import (
    LONGEST_EXTRA_NAME,
    MOST_EXTRA,
    TEXT_LIMITS,
    InvalidIntake,
    LeadIn,
    read_lead,
)

VIA = "connector"
MOST_ENTRIES = 500
# What may be cut where it is too long: the whole stays among the company's own fields.
_MAY_BE_CUT = frozenset(TEXT_LIMITS) - {"name", "company", "phone", "email", "external_id"}
# Of these a value that cannot be used is no reason to lose the lead.
_MAY_BE_LEFT = frozenset({"email", "budget", "employees", "phone"})


class TooManyEntries(Exception):
    """A call has more entries than any platform sends."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a call: its number, what it says by field, and what else it says."""

    id: str
    values: Mapping[str, str] = field(default_factory=dict)
    extra: Mapping[str, str] = field(default_factory=dict)
    is_test: bool = False
    is_ours: bool = True
    wants_fetch: bool = False
    fetch_id: str = ""  # what is asked for; a number of its own only at 企业微信


@dataclass(frozen=True, slots=True)
class Read:
    """Everything that a call says."""

    entries: Sequence[Entry]

    @property
    def mark(self) -> str:
        """The same for the same entries; "" where one of them has no number."""
        ids = [one.id for one in self.entries]
        if not ids or not all(ids):
            return ""
        return sha256("\n".join(ids).encode()).hexdigest()

    @property
    def ours(self) -> list[Entry]:
        """What is to be taken in."""
        return [one for one in self.entries if one.is_ours and not one.is_test]


def read_call(
    document: Document,
    call: Call,
    fetched: Mapping[str, Any] | None = None,
    *,
    is_kept: bool = False,
) -> Read:
    """What a call says; `fetched` are the fields that were fetched, by the numbers of entries.

    `is_kept`: it was heard before and its headers are gone; what they had to say was said then.

    :raises UnreadableBody: the body is not written as the mapping says.
    :raises TooManyEntries: there are too many.
    """
    body = plain_body(call.body, document.body)
    found: list[Any] = []
    for one in map(opened, values_at(body, document.each)):
        found += one if isinstance(one, list) else [one]
    if len(found) > MOST_ENTRIES:
        raise TooManyEntries
    if is_kept:
        document = replace(document, only=_inside(document.only), test=_inside(document.test))
    return Read([_entry(document, call, body, one, fetched or {}) for one in found])


def _inside(checks: Sequence[Check]) -> list[Check]:
    return [one for one in checks if one.at.where in (Where.BODY, Where.ENTRY)]


def _entry(
    document: Document, call: Call, body: Any, entry: Any, fetched: Mapping[str, Any]
) -> Entry:
    number = "" if document.id is None else value_of(document.id, entry, body)[:200]
    more = fetched.get(number)
    if isinstance(more, Mapping):
        entry = {**(entry if isinstance(entry, Mapping) else {}), **more}
    fetch_id = _fetch_id(document, entry, number) if more is None else ""
    values = {name: value_of(term, entry, body) for name, term in document.fields.items()}
    return Entry(
        id=number,
        values=values,
        extra=_extra(document, entry, body, set(values.values())),
        is_test=any(holds(one, call, body, entry) for one in document.test),
        is_ours=all(holds(one, call, body, entry) for one in document.only),
        wants_fetch=bool(fetch_id),
        fetch_id=fetch_id,
    )


def _fetch_id(document: Document, entry: Any, number: str) -> str:
    """Of what more has to be fetched; "" = the entry says all there is."""
    fetch = document.fetch
    if fetch is None or (fetch.unless and values_at(entry, fetch.unless)):
        return ""
    if fetch.wecom is not None:
        return next(map(as_text, values_at(entry, fetch.wecom)), "") if number else ""
    return number


def _extra(document: Document, entry: Any, body: Any, said: set[str]) -> dict[str, str]:
    """The company's own fields; the first of each name counts, and nothing that was said."""
    found = {name: value_of(term, entry, body) for name, term in document.extra.items()}
    used = set(_used(document))
    for rest in document.rest:
        for name, value in _pairs(rest, entry, body):
            is_new = name and value and value not in said and not found.get(name)
            if is_new and (rest.path, name) not in used:
                found[name] = value
    pairs = ((name[:LONGEST_EXTRA_NAME], value) for name, value in found.items() if value)
    longest = TEXT_LIMITS["note"]
    return dict([(name, value[:longest]) for name, value in pairs][:MOST_EXTRA])


def _pairs(rest: Rest, entry: Any, body: Any) -> Iterator[tuple[str, str]]:
    for one in values_at(body if rest.of_body else entry, rest.path):
        value = opened(one)
        if isinstance(value, Mapping) and not rest.name:
            yield from ((as_text(name), as_text(inner)) for name, inner in value.items())
        elif rest.name:
            for inner in value if isinstance(value, list) else [value]:
                if isinstance(inner, Mapping):
                    yield as_text(inner.get(rest.name)), as_text(inner.get(rest.value or "value"))


def _used(document: Document) -> Iterator[tuple[Any, str]]:
    """Places below which a name has become a field already: it need not stand there twice."""
    for term in _all_terms(document.fields.values()):
        for size, step in enumerate(term.path):
            said = getattr(step, "value", None) or getattr(step, "name", None)
            if said is not None:
                yield term.path[:size], said


def _all_terms(terms: Iterable[Term]) -> Iterator[At]:
    for term in terms:
        match term:
            case At():
                yield term
            case First(inner) | Join(inner):
                yield from _all_terms(inner)
            case OneOf(of=of) | Count(of) | Moment(of=of):
                yield from _all_terms([of])
            case Pick(by, inner, otherwise):
                yield from _all_terms([by, *inner.values()])
                yield from _all_terms([] if otherwise is None else [otherwise])


def lead_of(entry: Entry, *, line: str, source: str) -> LeadIn:
    """An entry as a lead. What is too long is cut, what cannot be used is kept beside it.

    :raises InvalidIntake: nobody can be known by it.
    """
    values = {name: value for name, value in entry.values.items() if value}
    extra: dict[str, str] = dict(entry.extra)
    for name in list(values):
        limit = TEXT_LIMITS.get(name)
        if limit is not None and name in _MAY_BE_CUT and len(values[name]) > limit:
            extra.setdefault(name, values[name][: TEXT_LIMITS["note"]])
            values[name] = values[name][: limit - 1] + "…"
    given: dict[str, Any] = {**values, "extra": extra, "external_id": entry.id[:120]}
    if line:
        given["line"] = line
    given.setdefault("source", source)
    try:
        return read_lead(given, via=VIA)
    except InvalidIntake as error:
        left = {one.field for one in error.problems}
        if not left <= _MAY_BE_LEFT:
            raise
        for name in left:
            extra.setdefault(name, str(given.pop(name))[: TEXT_LIMITS["note"]])
        return read_lead(given, via=VIA)


def why_not(error: InvalidIntake) -> Reason:
    """The first of what is wrong with a lead, with its field."""
    # The value is not told: it may be of a person, and a reason is kept longer than a body.
    return reason("connector.field_unusable", field=error.problems[0].field)
