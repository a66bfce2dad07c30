"""`evenhand route`: the command and its options."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import click

from evenhand.cli.failure import say_failures
from evenhand.cli.language import language_option
from evenhand.cli.route.deliver import Delivered, Delivery
from evenhand.cli.route.effective import effective_policy
from evenhand.cli.route.helper import cores
from evenhand.cli.route.history import History, read_history
from evenhand.cli.route.leads import LeadSheet, absent_fields, open_leads
from evenhand.cli.route.phrases import round_points
from evenhand.cli.route.publish import publish, sole_use, working_folder
from evenhand.cli.route.report.write import write_report
from evenhand.cli.route.run import Run, team_names
from evenhand.cli.route.state import State, load_state, staged_state
from evenhand.cli.route.team import TeamSheet, read_team
from evenhand.cli.unusable import Unusable
from evenhand.engine.calendar.hours import WeekHours
from evenhand.engine.calendar.worktime import Calendar, zone_named
from evenhand.engine.reasons import Reason, reason
from evenhand.engine.routing.decision import Outcome
from evenhand.engine.routing.planned import BacklogPlan
from evenhand.people.dayfile import read_days
from evenhand.people.workdays import company_calendar
from evenhand.wording.catalogue import Words
from evenhand.wording.reasons import say

MOST_FULL_ROWS = 100_000
FILE = click.Path(path_type=Path)  # whether it is there is said in the reader's language
YEARS = range(2001, 2100)

EXIT_OK = 0
EXIT_SOME_LEFT = 1  # rows rejected, or unassigned though no rule deals them to a pool
EXIT_UNUSABLE = 2  # nothing was written


@click.command()
@click.argument("leads", type=FILE)
@click.option("--team", "team_path", type=FILE, required=True, help="Team: CSV or XLSX.")
@click.option("--policy", "policy_path", type=FILE, help="Policy: YAML or JSON.")
@click.option("--history", "history_path", type=FILE, help="Past leads: CSV or XLSX.")
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), required=True)
@click.option("--state", "state_path", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--at", "at_text", help="Moment of dealing, 2026-11-23T09:00; default now.")
@click.option("--zone", default="Asia/Shanghai", show_default=True, help="Company time zone.")
@click.option("--country", default="CN", show_default=True, help="Public holidays: CN, TW, DE-BY.")
@click.option("--hours", default="09:00-12:00, 13:30-18:00", show_default=True)
@click.option("--days", "days_path", type=FILE, help="The company's own days (CSV).")
@click.option("--map", "lead_map", multiple=True, help="Leads column: 列名=role. May be repeated.")
@click.option("--team-map", multiple=True, help="Team column: 列名=role.")
@click.option("--history-map", multiple=True, help="History column: 列名=role.")
@click.option("--seed", help="Company seed, for a result that can be repeated.")
@click.option("--plan", "is_plan", is_flag=True, help="Deal the backlog as one plan.")
@click.option(
    "--processes",
    type=click.IntRange(1, 2),
    help="How many processes a large file may take; default: 2 if there are two cores.",
)
@click.option("--quiet", is_flag=True, help="No progress bar, no summary.")
@language_option
@say_failures
def route(
    leads: Path,
    team_path: Path,
    policy_path: Path | None,
    history_path: Path | None,
    out: Path,
    state_path: Path | None,
    at_text: str | None,
    zone: str,
    country: str,
    hours: str,
    days_path: Path | None,
    lead_map: tuple[str, ...],
    team_map: tuple[str, ...],
    history_map: tuple[str, ...],
    seed: str | None,
    is_plan: bool,
    processes: int | None,
    quiet: bool,
    lang: str,
) -> int:
    """Route a sheet of LEADS to a team and write the assignments, receipts and a report.

    Exit code: 0 everything was dealt, to people or as a rule says to a pool; 1 some rows were
    rejected or left unassigned; 2 the input could not be used and nothing was written.
    """
    words = Words(lang)
    now = moment(at_text, zone)
    calendar = working_calendar(zone, country, hours, days_path, now)
    sheet = open_leads(leads, overrides=lead_map)
    team = read_team(team_path, calendar=calendar, zone=ZoneInfo(zone), overrides=team_map)
    history = History()
    if history_path is not None:
        history = read_history(history_path, team.team, zone=ZoneInfo(zone), overrides=history_map)
    # From before the state is read until it is written.
    state_file = state_path or out / "state.json"
    click.get_current_context().with_resource(sole_use(out, state_file))
    state = load_state(state_file) if state_file.exists() else State.begin(seed)
    document, assumed = effective_policy(
        policy_path,
        lead_roles=sheet.columns.roles,
        team_roles=team.columns.roles,
        specs=(*sheet.specs, *team.specs),
        regions=regions_named(sheet, team),
        team=team.team,
        history=history,
        words=words,
    )
    is_compact = sheet.row_estimate > MOST_FULL_ROWS
    if is_plan and is_compact:
        raise Unusable(
            reason("route.plan_too_long", limit=MOST_FULL_ROWS),
            f"--plan deals at most {MOST_FULL_ROWS} rows; leave --plan out, or split the sheet",
        )
    run = Run(
        sheet=sheet,
        team=team,
        document=document,
        state=state,
        history=history,
        now=now,
        is_compact=is_compact,
    )
    if policy_path is not None and (absent := absent_fields(run.policy, sheet.columns)):
        assumed.append(reason("route.fields_absent", fields=absent))
    bar = click.progressbar(
        length=max(1, sheet.row_estimate),
        label=words.text("route-reading"),
        hidden=quiet or sheet.row_estimate < 2_000,
    )
    if is_plan and not quiet:
        click.echo(words.text("route-planning"))
    with working_folder(out) as work:
        delivery = Delivery(
            run,
            work,
            words,
            team_names(team),
            is_compact=is_compact,
            processes=processes or min(2, cores()),
        )
        with bar, without_collector(is_compact):
            done = delivery.write(bar.update, is_plan=is_plan)
        done.names.append("state.json" if state_path is None else str(state_path))
        notes = [*assumed, *sheet.notes, *team.notes, *history.notes]
        notes += calendar_notes(calendar, now)
        if not is_compact:
            write_report(run, done, team, notes, words)
            done.names.append("report.html")
        after = run.settle_state()
        with staged_state(after, state_file):
            former = publish(work, out, state.runs)
        done.folder = out
    if not quiet:
        _summary(run, done, team, notes, words, former, is_compact)
    tally = run.tally
    settled = tally.outcomes[Outcome.ASSIGNED] + tally.meant_for_pool
    left = tally.outcomes.total() - settled
    return EXIT_SOME_LEFT if left or tally.rejected else EXIT_OK


class UnreadableMoment(Unusable):
    """The moment of dealing is not a time that can be meant."""


@contextmanager
def without_collector(is_large: bool) -> Iterator[None]:
    """Leave the cycle collector out while a large file runs: it would walk millions of rows that
    are kept on purpose, again and again, and rows hold no cycles."""
    if is_large:
        gc.disable()
    try:
        yield
    finally:
        gc.enable()


def moment(text: str | None, zone: str) -> datetime:
    """The moment of dealing; without a zone, the company's; without a text, now to the second.

    :raises UnknownZone: no such time zone.
    :raises UnreadableMoment: not a time, or none of this century.
    """
    own = zone_named(zone)
    if text is None:
        return datetime.now(own).replace(microsecond=0)
    at: datetime | None
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        at = None
    if at is None or at.year not in YEARS:
        raise UnreadableMoment(
            reason("route.at_unreadable", value=text),
            f"--at: {text!r} is not a usable time; write it as 2026-11-23T09:00",
        )
    return at if at.tzinfo is not None else at.replace(tzinfo=own)


def working_calendar(
    zone: str, country: str, hours: str, days_path: Path | None, now: datetime
) -> Calendar:
    """The company's calendar around a moment.

    :raises UnknownZone, UnknownCountry, UnreadableHours, UnreadableDays: an option is not usable.
    """
    return company_calendar(
        zone=zone,
        hours=WeekHours.weekdays(hours),
        country=country,
        years=range(now.year - 1, now.year + 3),
        own_days=None if days_path is None else read_days(days_path),
    )


def calendar_notes(calendar: Calendar, now: datetime) -> list[Reason]:
    """What is not settled about this year's working days."""
    why = calendar.why_provisional(now.date())
    return [] if why is None else [why]


def regions_named(sheet: LeadSheet, team: TeamSheet) -> set[str]:
    """Region names that the team and the first leads use, so that short ones can be settled."""
    found: set[str] = set()
    for rep in team.team.reps:
        covered = rep.fields.get("region")
        found |= set(covered) if isinstance(covered, tuple) else set()
    return found | sheet.regions_seen()


def _planned(plans: list[BacklogPlan], words: Words) -> str:
    """What the plans came to, in a sentence or two."""
    solved = [plan for plan in plans if plan.kind != "sequence"]
    places = [rep for plan in solved for rep in plan.to]
    told = words.text(
        "route-planned",
        items=sum(rep is not None for rep in places),
        plans=len(solved),
        left=sum(rep is None for rep in places),
        value=round_points(sum(plan.objective for plan in solved)),
        optimal="yes" if all(plan.is_optimal for plan in solved) else "no",
        solver=", ".join(sorted({plan.version for plan in solved})) or "-",
    )
    rest = sum(len(plan.items) for plan in plans if plan.kind == "sequence")
    return told if not rest else f"{told}\n{words.text('route-plan-too-large', items=rest)}"


def _summary(
    run: Run,
    done: Delivered,
    team: TeamSheet,
    notes: list[Reason],
    words: Words,
    former: Path | None,
    is_compact: bool,
) -> None:
    tally = run.tally
    assigned = tally.outcomes[Outcome.ASSIGNED]
    click.echo(
        words.text(
            "route-done",
            rows=tally.rows,
            assigned=assigned,
            left=sum(tally.outcomes.values()) - assigned,
            repeated=tally.repeated,
            rejected=tally.rejected,
        )
    )
    if done.plans:
        click.echo(_planned([one.plan for one in done.plans], words))
    books = [book for book in run.router.books.values() if book.members]
    if all(book.is_sound() for book in books):
        # The book in which somebody is furthest from his entitlement, with its own bound.
        furthest, bound = max(
            ((int(abs(book.owed).max()), book.bound()) for book in books), default=(0, 0)
        )
        click.echo(
            words.text(
                "route-sound",
                furthest=round_points(furthest),
                bound=round_points(bound),
            )
        )
    else:
        click.echo(words.text("route-unsound", file="receipts.jsonl"), err=True)
    bad = [
        words.text("route-team-cell", row=cell.row, column=cell.column, why=say(words, cell.why))
        for cell in team.bad
    ]
    if notes or bad:
        click.echo(words.text("route-assumed"))
        for sentence in [*(say(words, note) for note in dict.fromkeys(notes)), *bad]:
            click.echo(f"  - {sentence}")
    if is_compact:
        click.echo(words.text("route-compact", limit=MOST_FULL_ROWS))
    if former is not None:
        click.echo(words.text("route-replaced", folder=str(former)))
    click.echo(words.text("route-files", folder=str(done.folder)))
    click.echo("  " + "  ".join(sorted(done.names)))
