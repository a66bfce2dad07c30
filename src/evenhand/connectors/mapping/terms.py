"""Terms: what a field of a lead is made of. Paths, the first of several, joined, one of a table,
a fixed text, a number, a moment; nothing that runs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from evenhand.connectors.mapping.paths import Path, as_text, values_at
from evenhand.sheets.values.numbers import parse_number


@dataclass(frozen=True, slots=True)
class At:
    """What stands at a path; `of_body`: seen from the whole body and not from the entry."""

    path: Path
    of_body: bool = False


@dataclass(frozen=True, slots=True)
class First:
    """The first of several that says something."""

    terms: "tuple[Term, ...]"


@dataclass(frozen=True, slots=True)
class Join:
    """Those of several that say something, with a text between them; none twice in a row."""

    terms: "tuple[Term, ...]"
    between: str


@dataclass(frozen=True, slots=True)
class OneOf:
    """What a table says for a value; the value itself where it says nothing and nothing else is
    given."""

    of: "Term"
    table: Mapping[str, str]
    otherwise: str | None


@dataclass(frozen=True, slots=True)
class Pick:
    """One of several by what another says: the caller of an incoming call, the callee of others."""

    by: "Term"
    terms: "Mapping[str, Term]"
    otherwise: "Term | None"


@dataclass(frozen=True, slots=True)
class Fixed:
    """Always the same."""

    text: str


@dataclass(frozen=True, slots=True)
class Count:
    """A number as people write it (10万, ¥3,000), as digits."""

    of: "Term"


@dataclass(frozen=True, slots=True)
class Moment:
    """A moment: seconds or milliseconds since 1970, or written out; as ISO 8601 with its zone."""

    of: "Term"
    zone: str


Term = At | First | Join | OneOf | Pick | Fixed | Count | Moment


def value_of(term: Term, entry: Any, body: Any) -> str:
    """The text that a term gives for one entry of a call; "" = nothing."""
    match term:
        case At():
            return next(iter(_texts(term, entry, body)), "")
        case First(terms):
            return next((text for one in terms if (text := value_of(one, entry, body))), "")
        case Join(terms, between):
            return between.join(_in_a_row(terms, entry, body))
        case OneOf(of, table, otherwise):
            text = value_of(of, entry, body)
            if text in table:
                return table[text]
            return text if otherwise is None else otherwise
        case Pick(by, terms, otherwise):
            chosen = terms.get(value_of(by, entry, body), otherwise)
            return "" if chosen is None else value_of(chosen, entry, body)
        case Fixed(text):
            return text
        case Count(of):
            return _number(value_of(of, entry, body))
        case Moment(of, zone):
            return _moment(value_of(of, entry, body), zone)


def _texts(term: At, entry: Any, body: Any) -> list[str]:
    found = values_at(body if term.of_body else entry, term.path)
    # An object is no text: what is meant stands deeper in it.
    texts = (as_text(one) for one in found if not isinstance(one, Mapping))
    return [text for text in texts if text]


def _in_a_row(terms: Sequence[Term], entry: Any, body: Any) -> list[str]:
    row: list[str] = []
    for term in terms:
        texts = _texts(term, entry, body) if isinstance(term, At) else [value_of(term, entry, body)]
        row += [text for text in texts if text and text not in row[-1:]]
    return row


def _number(text: str) -> str:
    number = parse_number(text) if text else None
    # What is no number stays as it came: whoever reads it says so.
    return str(number) if isinstance(number, int | Decimal) else text


def _moment(text: str, zone: str) -> str:
    try:
        if text.isascii() and text.isdecimal() and 9 <= len(text) <= 13:
            seconds = int(text) / (1000 if len(text) > 11 else 1)
            return datetime.fromtimestamp(seconds, UTC).isoformat()
        found = datetime.fromisoformat(text.replace("/", "-"))
    except (ValueError, OverflowError):
        return text
    return (found if found.tzinfo else found.replace(tzinfo=ZoneInfo(zone))).isoformat()
