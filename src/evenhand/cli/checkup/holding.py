"""From one row of a history sheet to holdings: outcome, times, and the keys of who is who."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from evenhand.cli.checkup.points import Worth
from evenhand.engine.checkup.holdings import Holding, Outcome
from evenhand.sheets.values.outcomes import Outcome as Said
from evenhand.sheets.values.outcomes import parse_outcome

_OUTCOMES: Mapping[Said, Outcome] = {
    Said.WON: Outcome.WON,
    Said.LOST: Outcome.LOST,
    Said.OPEN: Outcome.OPEN,
    Said.JUNK: Outcome.JUNK,
}
_MEANS_WON = re.compile(
    r"成交|赢单|贏單|签约|簽約|成单|成單|转化|轉化|won|convert|signed", re.IGNORECASE
)


def outcome_of(
    values: Mapping[str, Any], headings: Mapping[str, str], unknown: Counter[str]
) -> Outcome:
    """How a lead ended: the outcome column, refined by the status; else a closing time that means
    "won" by its heading.

    Where "converted" says no, the status tells lost from junk and from not yet. Words that are no
    known outcome are counted in `unknown`.
    """
    said: list[Outcome] = []
    for role in ("outcome", "status"):
        value = values.get(role)
        if isinstance(value, str) and not isinstance(value, Said):
            # A status column is plain text to the reader; its words are the same.
            parsed = parse_outcome(value)
            if not isinstance(parsed, Said):
                unknown[value] += 1
                continue
            value = parsed
        if isinstance(value, Said):
            said.append(_OUTCOMES[value])
    if said:
        return said[0] if said[0] is Outcome.WON else said[-1]
    return Outcome.WON if closing_means_won(headings) and values.get("closed_at") else Outcome.OPEN


def closing_means_won(headings: Mapping[str, str]) -> bool:
    """Whether only the heading of the closing time ("won date", 成交时间) tells what was won."""
    if "outcome" in headings or "status" in headings or "closed_at" not in headings:
        return False
    return _MEANS_WON.search(headings["closed_at"]) is not None


def worth_of(values: Mapping[str, Any], outcome: Outcome) -> Worth:
    """What the row says about the worth of its lead."""
    return Worth(
        grade=values.get("grade"),
        points=values.get("points"),
        score=values.get("score"),
        value=values.get("value"),
        is_won=outcome is Outcome.WON,
    )


def holdings_of(
    number: int, values: Mapping[str, Any], outcome: Outcome, worth: tuple[str, int]
) -> Iterator[Holding]:
    """The owner's holding, and before it the previous owner's, if the row names one."""
    received_at = _instant(values.get("assigned_at") or values["created_at"])
    created_at = _instant(values["created_at"]) if values.get("created_at") else None
    grade, points = worth
    given_id = values.get("id")
    owner = Holding(
        row=number,
        lead_id=str(given_id) if given_id else f"#{number}",
        rep_id=values["owner"],
        received_at=received_at,
        points=points,
        grade=grade,
        source=str(values.get("source") or ""),
        created_at=created_at,
        responded_at=_instant_of(values, "first_response_at"),
        outcome=outcome,
        # An open lead's closing date is a forecast, not a fact.
        decided_at=None if outcome is Outcome.OPEN else _instant_of(values, "closed_at"),
        people=tuple(_people(values)),
        company=company_key(str(values.get("company") or "")),
    )
    previous = settled_name(str(values.get("previous_owner") or ""))
    if previous and previous != owner.rep_id:
        since = min(created_at or received_at, received_at)
        yield replace(
            owner, rep_id=previous, received_at=since, responded_at=None, outcome=Outcome.OPEN,
            decided_at=None,
        )  # fmt: skip
    yield owner


def _people(values: Mapping[str, Any]) -> Iterator[str]:
    for role in ("phone", "email"):
        if value := values.get(role):
            yield f"{role}:{str(value).casefold()}"


def company_key(name: str) -> str:
    """A company's name without case, spaces, marks and legal form, to compare by."""
    plain_name = unicodedata.normalize("NFKC", name).casefold()
    letters = re.sub(r"[\W_]+", "", plain_name)
    shorter = re.sub(r"(股份)?(有限)?(责任)?公司$|(inc|llc|ltd|gmbh|co)$", "", letters)
    return shorter or letters


def _instant(value: datetime) -> datetime:
    """Times without a zone are all taken as one zone; only their differences matter here."""
    return value if value.tzinfo else value.replace(tzinfo=UTC)


def _instant_of(values: Mapping[str, Any], role: str) -> datetime | None:
    value = values.get(role)
    return _instant(value) if isinstance(value, datetime) else None


def settled_name(name: str) -> str:
    """A person's name with widths and spaces made uniform, so that one person stays one."""
    return " ".join(unicodedata.normalize("NFKC", name).split())
