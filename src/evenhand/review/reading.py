"""The intake of a line between two moments, read once for several policies.

Only the columns that a policy asks for are read, streaming; leads alike in all of them share one
set of facts.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import connection, transaction

from evenhand.engine.facts import Item, ItemKind
from evenhand.engine.routing.policy import Policy
from evenhand.engine.simulate.intake import Arrival, Given, Intake
from evenhand.people.history import teams_between
from evenhand.routing.facts import LEAD_TEXTS, Known, item_key, lead_item

_CHUNK = 5_000
# The longest window that a limit can look back on, and a day.
_BEHIND = timedelta(days=32)
_OTHER_NAMES = {"grade": "given_grade", "collected_by": "collected_by_id"}
_COLUMNS = frozenset({*LEAD_TEXTS, "budget", "employees", *_OTHER_NAMES.values()})
_COMPANY = (
    "c.id, c.name, c.region, c.industry, c.size, c.employees, c.revenue / 100, c.is_key_account"
)
_COMPANY_WIDTH = 8


@dataclass(slots=True)
class _Read:
    """What was read, before a policy says what its own fields mean."""

    columns: tuple[str, ...]
    with_company: bool
    arrivals: list[Arrival] = field(default_factory=list)
    raw: list[tuple[Any, ...]] = field(default_factory=list)


def read_intakes(
    policies: Sequence[Policy], *, line_id: int, since: datetime, until: datetime
) -> list[Intake]:
    """The same intake for each policy, in the order of arrival."""
    with transaction.atomic():
        read = _read(policies, line_id, since, until)
        given = _given(line_id, since, until)
        teams = teams_between(since, until)
    return [
        Intake(
            facts=[_facts(one, read, policy) for one in read.raw],
            arrivals=read.arrivals,
            given=given,
            teams=teams,
            until=until,
        )
        for policy in policies
    ]


_OF_OWNERS = {"company.owner", "company.owner_by"}


def columns_asked(policies: Sequence[Policy]) -> tuple[tuple[str, ...], bool]:
    """The columns of leads that these policies read, and whether they read companies' facts."""
    paths = {path for policy in policies for path in policy.paths_read}
    paths |= {ref.path for policy in policies for atom in policy.personal for ref in atom.fields}
    names = {name for path in paths for root, _, name in [path.partition(".")] if root == "lead"}
    columns = {_OTHER_NAMES.get(name, name) for name in names} & _COLUMNS
    facts = {path for path in paths if path.startswith("company.")} - _OF_OWNERS
    return tuple(sorted(columns)), bool(facts)


def statement(columns: Sequence[str], *, with_company: bool) -> str:
    """The statement that reads an intake: line, since, until."""
    chosen = "".join(f", l.{name}" for name in columns)
    company = f", {_COMPANY}" if with_company else ""
    join = " LEFT JOIN company c ON c.id = l.company_id" if with_company else ""
    return (
        "SELECT l.id, l.created_at, l.closed_at, l.company_id,"
        f" CASE WHEN l.extra = '{{}}' THEN NULL ELSE l.extra::text END{chosen}{company}"
        f" FROM lead l{join} WHERE l.line_id = %s AND l.created_at >= %s AND l.created_at < %s"
        " ORDER BY l.created_at, l.id"
    )


def stream(sql: str, params: Sequence[Any]) -> Iterator[tuple[Any, ...]]:
    """Rows by a cursor on the server, so that they never lie in memory twice."""
    with connection.chunked_cursor() as cursor:
        cursor.execute(sql, params)
        while rows := cursor.fetchmany(_CHUNK):
            yield from rows


def _read(policies: Sequence[Policy], line_id: int, since: datetime, until: datetime) -> _Read:
    columns, with_company = columns_asked(policies)
    read = _Read(columns, with_company)
    numbers: dict[tuple[Any, ...], int] = {}
    keys: dict[int | None, str] = {None: ""}
    arrivals = read.arrivals
    sql = statement(columns, with_company=with_company)
    for lead_id, at, closed_at, company_id, *rest in stream(sql, [line_id, since, until]):
        values = tuple(rest)
        alike = numbers.get(values)
        if alike is None:
            alike = numbers[values] = len(numbers)
        company = keys.get(company_id)
        if company is None:
            company = keys[company_id] = str(company_id)
        arrivals.append(
            Arrival(item_key(ItemKind.LEAD, lead_id), lead_id, at, alike, company, closed_at)
        )
    read.raw = list(numbers)
    return read


def _facts(row: tuple[Any, ...], read: _Read, policy: Policy) -> Item:
    """The facts of leads with these values, as this policy reads them."""
    extra, *values = row
    company = None
    if read.with_company:
        values, held = values[:-_COMPANY_WIDTH], values[-_COMPANY_WIDTH:]
        if held[0] is not None:
            company = Known(
                id=held[0],
                name=held[1],
                region=held[2],
                industry=held[3],
                size=held[4],
                employees=held[5],
                revenue=held[6],
                is_key_account=held[7],
            )
    return lead_item(
        0,
        dict(zip(read.columns, values, strict=True)),
        company=company,
        created_at=_NEVER,  # each arrival says its own
        extra={} if extra is None else json.loads(extra),
        schema=policy.schema,
    )


_NEVER = datetime.min.replace(tzinfo=UTC)


def _given(line_id: int, since: datetime, until: datetime) -> list[Given]:
    """What people held from before, from other lines, as companies and as opportunities."""
    sql = (
        "SELECT a.rep_id, a.points, a.opened_at, a.closed_at, a.item_kind, a.item_id, l.company_id"
        " FROM assignment a LEFT JOIN lead l ON a.item_kind = 'lead' AND l.id = a.item_id"
        " WHERE a.opened_at < %s"
        " AND (a.closed_at IS NULL OR a.closed_at > %s OR a.opened_at > %s)"
        " AND (l.id IS NULL OR l.line_id IS DISTINCT FROM %s OR l.created_at < %s)"
        " ORDER BY a.opened_at, a.id"
    )
    found = []
    for rep, points, opened, closed, kind, item_id, company in stream(
        sql, [until, since, since - _BEHIND, line_id, since]
    ):
        is_company = kind == ItemKind.ACCOUNT.value
        held = item_id if is_company else company
        found.append(
            Given(
                rep_id=str(rep),
                points=points,
                opened_at=opened,
                closed_at=closed,
                company="" if held is None else str(held),
                number=item_id,
                is_company=is_company,
            )
        )
    return found
