"""Past leads with owner and outcome: who looks after which company, and who suits what.

History books nothing: the past is not dealt again.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from pathlib import Path
from typing import Any

from evenhand.cli.route.identity import company_key
from evenhand.engine.reasons import Reason, reason
from evenhand.engine.routing.team import Team
from evenhand.engine.scoring.learn import CannotLearnSkill, LearntSkill, learn_skill
from evenhand.engine.scoring.outcomes import Outcome as LearntOutcome
from evenhand.sheets.columns.extract import role_readers
from evenhand.sheets.columns.roles import Purpose
from evenhand.sheets.reading.open import open_table
from evenhand.sheets.understand import understand
from evenhand.sheets.values.outcomes import Outcome
from evenhand.sheets.values.problem import Problem

SEGMENTS = ("industry", "product", "region", "source")
MIX = ("grade",)


@dataclass
class History:
    """What a history sheet says. `owners` maps company keys to reps of today's team."""

    rows: int = 0
    owners: dict[str, str] = field(default_factory=dict)
    outcomes: list[LearntOutcome] = field(default_factory=list)
    segments: tuple[str, ...] = ()
    mix: tuple[str, ...] = ()
    present: tuple[str, ...] = ()  # today's active reps
    notes: list[Reason] = field(default_factory=list)

    def learn(self) -> LearntSkill | None:
        """Skill tables, if the outcomes are enough; says so in the notes if not."""
        try:
            return learn_skill(
                self.outcomes,
                segments=[f"lead.{name}" for name in self.segments],
                mix=[f"lead.{name}" for name in self.mix],
                # Who left cannot be dealt to, so he must not set what a good fit is.
                eligible=lambda _: self.present,
            )
        except CannotLearnSkill as error:
            self.notes.append(error.reason)
            return None


def read_history(
    path: Path, team: Team, *, zone: tzinfo, overrides: tuple[str, ...] = ()
) -> History:
    """Read a history sheet.

    :raises UnreadableSheet: the file cannot be read.
    :raises UnreadableOverride: a `--history-map` that names no column or role.
    """
    table = open_table(path)
    columns = understand(table, Purpose.HISTORY, said=overrides)
    readers = role_readers(columns)
    history = History(
        segments=tuple(name for name in SEGMENTS if name in readers),
        mix=tuple(name for name in MIX if name in readers),
        present=tuple(rep.id for rep in team.reps if rep.is_active),
        notes=[*table.notes, *columns.notes],
    )
    latest: dict[str, tuple[datetime | None, str]] = {}
    strangers: set[str] = set()
    rows = table.rows()
    for _, cells in rows:
        history.rows += 1
        found = _values(cells, readers)
        owner = found.get("owner")
        if not isinstance(owner, str):
            continue
        rep = team.find(owner)
        if rep is None:
            strangers.add(owner)
        rep_id = owner if rep is None else rep.id
        at = _moment(found, zone)
        company = found.get("company")
        if isinstance(company, str) and found.get("outcome") is not Outcome.JUNK:
            _keep_latest(latest, company_key(company), at, rep_id)
        outcome = found.get("outcome")
        if rep is not None and outcome in (Outcome.WON, Outcome.LOST):
            fields = {f"lead.{name}": found.get(name) for name in (*history.segments, *history.mix)}
            history.outcomes.append(
                LearntOutcome(rep_id=rep_id, fields=fields, is_won=outcome is Outcome.WON, at=at)
            )
    history.owners = {key: rep_id for key, (_, rep_id) in latest.items()}
    lost = [one.number for one in rows.left_out if one.is_rejected]
    if lost:
        history.notes.append(reason("route.history_rows_left_out", count=len(lost), first=lost[0]))
    if strangers:
        history.notes.append(
            reason(
                "route.history_strangers", count=len(strangers), names=tuple(sorted(strangers)[:5])
            )
        )
    return history


def _values(cells: Any, readers: Mapping[str, Any]) -> dict[str, Any]:
    """What can be read of a row; history is taken as it is, so the rest is passed over."""
    values = {}
    for role, read in readers.items():
        value = read(cells)
        if value is not None and not isinstance(value, Problem):
            values[role] = value
    return values


def _moment(found: Mapping[str, Any], zone: tzinfo) -> datetime | None:
    for role in ("assigned_at", "created_at", "closed_at"):
        at = found.get(role)
        if isinstance(at, datetime):
            return at if at.tzinfo is not None else at.replace(tzinfo=zone)
    return None


def _keep_latest(
    latest: dict[str, tuple[datetime | None, str]], key: str, at: datetime | None, rep_id: str
) -> None:
    """The last one to get a lead of the company looks after it; without times, the last row."""
    known = latest.get(key)
    if known is None or known[0] is None or at is None or at >= known[0]:
        latest[key] = (at, rep_id)
