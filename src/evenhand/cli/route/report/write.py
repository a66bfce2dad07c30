"""`report.html`: everything a manager wants to see of one run, on one page that can be mailed."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from evenhand.cli.page.render import render
from evenhand.cli.route.deliver import Delivered
from evenhand.cli.route.report.content import Content
from evenhand.cli.route.report.decision_sections import (
    excluded_section,
    rows_section,
    rules_section,
    unassigned_section,
)
from evenhand.cli.route.report.fairness_sections import people_section, proof_section
from evenhand.cli.route.report.first_screen import attention, cards, commands, drawings
from evenhand.cli.route.report.plan_section import plan_section
from evenhand.cli.route.report.show import Show
from evenhand.cli.route.run import Run, team_names
from evenhand.cli.route.team import TeamSheet
from evenhand.engine.reasons import Reason
from evenhand.wording import formats
from evenhand.wording.catalogue import Words

REPORT = "report.html"
# In the order of the questions.
SECTIONS = (
    people_section,
    proof_section,
    plan_section,
    unassigned_section,
    excluded_section,
    rules_section,
    rows_section,
)


def write_report(
    run: Run, done: Delivered, team: TeamSheet, notes: Sequence[Reason], words: Words
) -> Path:
    """Write the report of a run beside its other results; `done.kept` holds every routed row."""
    content = Content(run, done, team, tuple(dict.fromkeys(notes)))
    path = done.folder / REPORT
    path.write_text(page(content, words), encoding="utf-8")
    return path


def page(content: Content, words: Words) -> str:
    """The whole page in the language of `words`."""
    show = Show(words, team_names(content.team))
    run = content.run
    return render(
        "evenhand.cli.route.report",
        "report.html.j2",
        locale=words.locale,
        t=show.text,
        product=show.text("product"),
        file=run.sheet.table.file,
        subtitle=show.text(
            "subtitle",
            file=run.sheet.table.file,
            rows=run.tally.rows,
            reps=len(run.router.team.reps),
        ),
        made=show.text(
            "made",
            at=_moment(content, words),
            zone=formats.offset(run.router.now.isoformat()),
            run=run.state.runs + 1,
            policy=run.policy.label,
        ),
        cards=cards(content, show),
        drawings=drawings(content, show),
        attention=list(attention(content, show)),
        commands=list(commands(content, show)),
        sections=[one for section in SECTIONS if (one := section(content, show)) is not None],
        notes=[show.phrases.reason(note) for note in content.notes],
        settings=list(settings(content, show)),
    )


def _moment(content: Content, words: Words) -> str:
    return formats.moment(words.locale, content.run.router.now.isoformat(), with_seconds=True)


def settings(content: Content, show: Show) -> Iterator[tuple[str, str]]:
    """What the run went by, as pairs of a name and a value."""
    run, parts = content.run, content.run.policy.parts
    now = run.router.now.isoformat()
    at = show.text("moment", at=_moment(content, show.words), zone=formats.offset(now))
    yield show.text("setting-policy"), run.policy.label
    yield show.text("setting-moment"), at
    yield show.text("setting-seed"), run.state.seed
    yield show.text("setting-fit"), show.text(f"fit-{parts.fit.mode}")
    yield show.text("setting-tau"), show.amount(run.policy.tau, "value")
    yield show.text("setting-band"), show.amount(run.policy.band, "value")
    books = show.text("on" if parts.fairness.grade_books else "off")
    yield show.text("setting-grades"), books
    yield show.text("setting-hours"), show.text(f"hours-{parts.availability.working_hours}")
    rate = parts.exploration.rate_millionths
    random = show.text("share-of-all", percent=formats.percent(rate)) if rate else show.text("off")
    yield show.text("setting-exploration"), random
    yield show.text("setting-files"), show.listed([*content.done.names, REPORT], most=20)
