"""Real leads, real teams, from the files to the proof."""

import csv
import gzip
import io
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

from tests.cli.fairness import holds_with_the_books
from tests.cli.world import Desk, Ran, Results, policy, share

EVERYTHING = 1_000_000


def rows_of(path: Path) -> Iterator[list[str]]:
    content = path.read_bytes()
    text = (gzip.decompress(content) if path.suffix == ".gz" else content).decode("utf-8-sig")
    yield from csv.reader(io.StringIO(text, newline=""))


def some_rows(desk: Desk, source: Path, count: int, name: str = "leads.csv") -> int:
    """The header and the first rows of a file, for a desk; returns how many rows they are."""
    rows = list(islice(rows_of(source), count + 1))
    desk.csv(name, rows)
    return len(rows) - 1


def twelve_people(desk: Desk) -> None:
    desk.csv("team.csv", [["id", "name"], *([f"R{n:02}", f"Rep {n}"] for n in range(12))])


def everything_is_accounted_for(desk: Desk, ran: Ran, rows: int) -> Results:
    """Every row ends once, the receipts replay, and the sheet says what they say."""
    results = desk.results()
    assert ran.code in (0, 1), ran.complained
    dealt, repeated = len(results.assignments), len(results.repeated)
    rejected = len({row[0] for row in results.rejected})
    assert dealt + repeated + rejected == rows
    assert len({row["row"] for row in results.assignments}) == dealt
    assert len(results.owners) == dealt
    decisions = {line["i"]: line.get("rep") or "" for line in results.lines("decision")}
    assert decisions == results.owners
    assert "Identical" in desk.replay().said
    return results


# -- xeducation: 6,500 leads of a course provider, a team made up ---------------------------------


def scored_by_visits() -> dict[str, Any]:
    """Scores from what was known at first contact: visits, time on the site, where from."""

    def signal(name: str, points: int, when: str) -> dict[str, Any]:
        return {"id": name, "dimension": "engagement", "points": points, "when": when}

    return policy(
        fields=[
            {"field": "lead.totalvisits", "type": "number"},
            {"field": "lead.total_time_spent_on_website", "type": "number"},
        ],
        scoring={
            "dimensions": {"engagement": {"cap": 100}},
            "signals": [
                signal("visits", 30, "lead.totalvisits >= 4"),
                signal("long", 50, "lead.total_time_spent_on_website >= 900"),
                signal("direct", 10, "lead.source = 'Direct Traffic'"),
            ],
        },
        grades={
            "thresholds": [
                {"grade": "A", "from_score": 80},
                {"grade": "B", "from_score": 50},
                {"grade": "C", "from_score": 10},
                {"grade": "D"},
            ],
            "ungraded": "D",
        },
    )


def xeducation(desk: Desk, shared_data: Path, count: int) -> None:
    rows = some_rows(desk, shared_data / "xeducation_leads" / "xedu_dev.csv.gz", count)
    twelve_people(desk)

    plain = everything_is_accounted_for(desk, desk.try_route(), rows)

    sums = holds_with_the_books(plain)
    assert sums.dealt == rows
    # All leads alike, everybody able: nobody is more than one lead from his share.
    assert max(sums.items.values()) - min(sums.items.values()) <= 1


def test_xeducation_without_a_policy(desk: Desk, shared_data: Path) -> None:
    xeducation(desk, shared_data, 1_000)


@pytest.mark.slow
def test_all_of_xeducation_without_a_policy(desk: Desk, shared_data: Path) -> None:
    xeducation(desk, shared_data, EVERYTHING)


def test_xeducation_scored_and_graded(desk: Desk, shared_data: Path) -> None:
    source = shared_data / "xeducation_leads" / "xedu_dev.csv.gz"
    rows = some_rows(desk, source, 1_000)
    twelve_people(desk)

    ran = desk.try_route("--policy", desk.policy(scored_by_visits()))
    results = everything_is_accounted_for(desk, ran, rows)

    sums = holds_with_the_books(results)
    grades = {row["grade"] for row in results.assignments}
    assert grades == {"A", "B", "C", "D"}
    assert max(abs(sums.owed(rep)) for rep in sums.entitled) <= 2 * sums.largest
    # In every grade, nobody is more than two leads from anybody else.
    for grade in sorted(grades):
        counts = [
            sum(row["owner-id"] == rep and row["grade"] == grade for row in results.assignments)
            for rep in sums.entitled
        ]
        assert max(counts) - min(counts) <= 3, grade


# -- olist: leads of a marketplace, its real sales reps --------------------------------------------


def olist(desk: Desk, shared_data: Path, count: int) -> None:
    folder = shared_data / "olist_funnel"
    rows = some_rows(desk, folder / "olist_mql_before_2018_03.csv.gz", count)
    header, *closed = rows_of(folder / "olist_closed_for_those.csv.gz")
    reps = sorted({row[header.index("sr_id")] for row in closed})
    desk.csv("team.csv", [["id"], *([rep] for rep in reps)])

    results = everything_is_accounted_for(desk, desk.try_route(), rows)

    sums = holds_with_the_books(results)
    assert sums.items.total() == rows
    assert len(sums.items) == len(reps) > 10
    assert max(sums.items.values()) - min(sums.items.values()) <= 2


def test_olist_with_its_own_reps(desk: Desk, shared_data: Path) -> None:
    olist(desk, shared_data, 1_000)


@pytest.mark.slow
def test_all_of_olist_with_its_own_reps(desk: Desk, shared_data: Path) -> None:
    olist(desk, shared_data, EVERYTHING)


# -- zoho: a whole CRM export, its real users ------------------------------------------------------


def zoho(desk: Desk, shared_data: Path, count: int, *arguments: object) -> Results:
    folder = shared_data / "zoho_sample"
    rows = some_rows(desk, folder / "Leads.csv.gz", count)
    some_rows(desk, folder / "Users.csv", EVERYTHING, "team.csv")

    return everything_is_accounted_for(desk, desk.try_route(*arguments), rows)


def test_zoho_leads_for_zoho_users(desk: Desk, shared_data: Path) -> None:
    results = zoho(desk, shared_data, 1_000)

    holds_with_the_books(results)
    by_company: dict[str, set[str]] = {}
    for row in results.assignments:
        if row["Company"].strip():
            by_company.setdefault("".join(row["Company"].casefold().split()), set()).add(
                row["owner-id"]
            )
    assert len(by_company) > 100
    assert {len(owners) for owners in by_company.values()} == {1}


def test_zoho_leads_by_share_alone(desk: Desk, shared_data: Path) -> None:
    results = zoho(desk, shared_data, 600, "--policy", desk.policy(policy(share())))

    sums = holds_with_the_books(results)
    assert sums.dealt == len(results.assignments)
    assert max(abs(sums.owed(rep)) for rep in sums.entitled) <= 2 * sums.largest


@pytest.mark.slow
def test_all_zoho_leads_for_zoho_users(desk: Desk, shared_data: Path) -> None:
    holds_with_the_books(zoho(desk, shared_data, EVERYTHING))


# -- maven: a pipeline, its real agents; what is closed is history ---------------------------------


def maven(desk: Desk, shared_data: Path, count: int) -> tuple[Results, dict[str, str]]:
    """Open deals dealt to the agents; returns who got the last closed deal of each account."""
    folder = shared_data / "maven_crm"
    header, *deals = rows_of(folder / "sales_pipeline.csv")
    stage, account = header.index("deal_stage"), header.index("account")
    agent, engaged = header.index("sales_agent"), header.index("engage_date")
    closed = [deal for deal in deals if deal[stage] in ("Won", "Lost")]
    opened = [deal for deal in deals if deal[stage] not in ("Won", "Lost")][:count]
    desk.csv("history.csv", [header, *closed])
    # Who will get it is what is asked.
    wanted = [column for column in header if column != "sales_agent"]
    desk.csv(
        "leads.csv", [wanted, *([deal[header.index(one)] for one in wanted] for deal in opened)]
    )
    some_rows(desk, folder / "sales_teams.csv", EVERYTHING, "team.csv")
    ran = desk.try_route("--history", desk.path("history.csv"))
    last: dict[str, tuple[str, str]] = {}
    for deal in closed:
        if deal[account] and deal[engaged] >= last.get(deal[account], ("", ""))[0]:
            last[deal[account]] = (deal[engaged], deal[agent])
    results = everything_is_accounted_for(desk, ran, len(opened))
    return results, {name: who for name, (_, who) in last.items()}


def looked_after(results: Results, last: dict[str, str]) -> None:
    holds_with_the_books(results)
    known = [row for row in results.assignments if row["account"] in last]
    assert len(known) > 100
    assert all(row["owner-id"] == last[row["account"]] for row in known)
    others = {row["owner-id"] for row in results.assignments if not row["account"]}
    assert len(others) > 10


def test_open_deals_of_maven_follow_their_accounts(desk: Desk, shared_data: Path) -> None:
    looked_after(*maven(desk, shared_data, 700))


@pytest.mark.slow
def test_all_open_deals_of_maven_follow_their_accounts(desk: Desk, shared_data: Path) -> None:
    looked_after(*maven(desk, shared_data, EVERYTHING))


def test_the_pipeline_of_maven_dealt_as_one_sheet(desk: Desk, shared_data: Path) -> None:
    folder = shared_data / "maven_crm"
    rows = some_rows(desk, folder / "sales_pipeline.csv", 1_500)
    some_rows(desk, folder / "sales_teams.csv", EVERYTHING, "team.csv")

    ran = desk.try_route("--policy", desk.policy(policy(share())))
    results = everything_is_accounted_for(desk, ran, rows)

    sums = holds_with_the_books(results)
    assert len(sums.items) == 35
    assert max(sums.items.values()) - min(sums.items.values()) <= 2
