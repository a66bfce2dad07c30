"""Figures for whoever watches many servers, in the text format of Prometheus.

What the database knows, so that any process answers for all: what waits and for how long, what was
given up, how far the journal is sealed. Each figure is one query, over few rows or by an index.
Only when a backup was made and proved stands in the data folder, thus on the host that does it.
How many requests it serves and refuses only a process itself knows: those figures bear its number.
Closed unless a token is set: how much a company sells is nobody's business.
"""

import hmac
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from evenhand.platform.admission import LANES
from evenhand.platform.clock import now
from evenhand.platform.proved import last_backup, last_good_drill


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure: its name without `evenhand_`, kind, what it says, its query and its labels.

    The query gives the label's values and then the number; without a row the figure is left out.
    """

    name: str
    kind: str  # gauge, counter
    help: str
    sql: str
    labels: tuple[str, ...] = ()


_WAITING = """
SELECT 'lead', count(*) FROM lead WHERE state = 'queued'
UNION ALL SELECT 'account', count(*) FROM company WHERE state = 'queued'
UNION ALL SELECT 'opportunity', count(*) FROM opportunity WHERE state = 'queued'
"""
_OWED = "outbox WHERE delivered_at IS NULL AND parked_at IS NULL AND due_at <= now()"
_AGE = "SELECT coalesce(extract(epoch FROM now() - min({column})), 0) FROM {rows}"

FIGURES = (
    Figure("waiting_items", "gauge", "Items that nobody has been dealt yet.", _WAITING, ("kind",)),
    Figure(
        "waiting_lead_age_seconds",
        "gauge",
        "How long the oldest lead has waited to be dealt.",
        _AGE.format(column="queued_at", rows="lead WHERE state = 'queued'"),
    ),
    Figure(
        "decisions_total",
        "counter",
        "Decisions so far, by the newest receipt.",
        "SELECT coalesce(max(id), 0) FROM receipt",
    ),
    Figure(
        "events_total",
        "counter",
        "Events so far, by the newest row of the journal.",
        "SELECT coalesce(max(id), 0) FROM event",
    ),
    Figure(
        "jobs",
        "gauge",
        "Jobs that wait, run or have failed.",
        "SELECT queue_name, status, count(*) FROM procrastinate_jobs"
        " WHERE status IN ('todo', 'doing', 'failed') GROUP BY 1, 2 ORDER BY 1, 2",
        ("queue", "status"),
    ),
    Figure(
        "workers",
        "gauge",
        "Workers that gave a sign of life in the last half minute.",
        "SELECT count(*) FROM procrastinate_workers"
        " WHERE last_heartbeat > now() - interval '30 seconds'",
    ),
    Figure(
        "effects_due",
        "gauge",
        "Messages and webhooks that are owed now.",
        f"SELECT count(*) FROM {_OWED}",
    ),
    Figure(
        "effects_late_seconds",
        "gauge",
        "How long the oldest of them has been owed.",
        _AGE.format(column="due_at", rows=_OWED),
    ),
    Figure(
        "effects_parked",
        "gauge",
        "Messages and webhooks that were given up after eight tries.",
        "SELECT count(*) FROM outbox WHERE parked_at IS NOT NULL AND at > now() - interval '7 d'",
    ),
    Figure(
        "clocks_late_seconds",
        "gauge",
        "How long the oldest deadline that is over has waited for the sweep.",
        _AGE.format(
            column="next_at", rows="assignment WHERE closed_at IS NULL AND next_at <= now()"
        ),
    ),
    Figure(
        "seal_age_seconds",
        "gauge",
        "How long ago the journal was sealed last.",
        "SELECT extract(epoch FROM now() - at) FROM seal ORDER BY number DESC LIMIT 1",
    ),
    Figure(
        "database_connections",
        "gauge",
        "Connections to this database.",
        "SELECT coalesce(state, 'none'), count(*) FROM pg_stat_activity"
        " WHERE datname = current_database() GROUP BY 1 ORDER BY 1",
        ("state",),
    ),
)


@dataclass(frozen=True, slots=True)
class Own:
    """What the process that answers knows of its requests: a field of `Traffic`, by lane."""

    name: str
    kind: str
    help: str
    field: str


OWN_FIGURES = (
    Own("requests_under_way", "gauge", "Requests that are being served.", "under_way"),
    Own("requests_waiting", "gauge", "Requests that wait for a place.", "waiting"),
    Own("requests_total", "counter", "Requests that got a place.", "served"),
    Own("requests_refused_total", "counter", "Requests that were told to come again.", "refused"),
    Own(
        "requests_waited_seconds_total",
        "counter",
        "How long those that got a place had waited for it.",
        "waited_seconds",
    ),
)


@dataclass(frozen=True, slots=True)
class Note:
    """How long ago something was done on this host; left out where it never was."""

    name: str
    help: str
    last: Callable[[], datetime | None]
    kind: str = "gauge"


NOTES = (
    Note("backup_age_seconds", "How long ago a backup was made on this host.", last_backup),
    Note(
        "backup_drill_age_seconds",
        "How long ago a backup was proved good on this host.",
        last_good_drill,
    ),
)


@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """The figures, for whoever shows the token of the settings; 404 for everybody else.

    :raises Http404: no token is set, or it is another.
    """
    if not _is_known(request.headers.get("Authorization", "")):
        raise Http404
    return HttpResponse(text_of(), content_type="text/plain; version=0.0.4; charset=utf-8")


def _is_known(said: str) -> bool:
    token = settings.METRICS_TOKEN
    return bool(token) and hmac.compare_digest(said.encode(), f"Bearer {token}".encode())


def text_of() -> str:
    """All figures as Prometheus reads them."""
    lines: list[str] = []
    with transaction.atomic(), connection.cursor() as cursor:
        for one in FIGURES:
            cursor.execute(one.sql)
            rows = [_line(one.name, one.labels, row) for row in cursor.fetchall()]
            lines += [*_head(one), *rows]
    for note in NOTES:
        lines += [*_head(note), *_age(note)]
    for own in OWN_FIGURES:
        lines += [*_head(own), *_own(own)]
    return "\n".join(lines) + "\n"


def _head(one: Figure | Note | Own) -> list[str]:
    name = f"evenhand_{one.name}"
    return [f"# HELP {name} {one.help}", f"# TYPE {name} {one.kind}"]


def _age(note: Note) -> list[str]:
    at = note.last()
    if at is None:
        return []
    return [f"evenhand_{note.name} {max(0, int((now() - at).total_seconds()))}"]


def _own(one: Own) -> list[str]:
    rows = [(name, os.getpid(), getattr(lane.traffic(), one.field)) for name, lane in LANES.items()]
    return [_line(one.name, ("lane", "process"), row) for row in rows]


def _line(figure: str, names: Sequence[str], row: Sequence[Any]) -> str:
    *values, number = row
    pairs = zip(names, values, strict=True)
    labels = ",".join(f'{name}="{value}"' for name, value in pairs)
    shown = f"{float(number):.3f}".rstrip("0").rstrip(".")
    return f"evenhand_{figure}{{{labels}}} {shown}" if labels else f"evenhand_{figure} {shown}"
