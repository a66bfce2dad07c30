"""`evenhand policy`: lint, diff, show, init."""

from collections.abc import Iterable
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path
from zoneinfo import ZoneInfo

import click

from evenhand.cli.failure import EXIT_UNUSABLE, say_failures
from evenhand.cli.language import language_option
from evenhand.cli.policy_file import PolicyFile, place_text, read_policy_file
from evenhand.cli.route.team import TeamSheet, read_team
from evenhand.engine.calendar.worktime import Calendar
from evenhand.engine.policy.diff import diff as changes_between
from evenhand.engine.policy.document import CustomField, PolicyDocument
from evenhand.engine.policy.lint import LintReport
from evenhand.engine.policy.lint import lint as findings_in
from evenhand.engine.policy.problem import Gravity, InvalidPolicy, PolicyProblem
from evenhand.engine.policy.yaml_view import to_yaml
from evenhand.wording.catalogue import Words
from evenhand.wording.reasons import say

EXISTING = click.Path(exists=True, dir_okay=False, path_type=Path)

EXIT_OK = 0
EXIT_WARNINGS = 1  # with --strict


@click.group()
def policy() -> None:
    """Check a policy, compare two, show one, start a new one."""


@policy.command()
@click.argument("file", type=EXISTING)
@click.option("--team", "team_path", type=EXISTING, help="Team: CSV or XLSX; who is in a group?")
@click.option("--team-map", multiple=True, help="Team column: 列名=role.")
@click.option("--zone", default="Asia/Shanghai", show_default=True, help="Company time zone.")
@click.option("--strict", is_flag=True, help="Exit with 1 if there are warnings.")
@language_option
@say_failures
def lint(
    file: Path,
    team_path: Path | None,
    team_map: tuple[str, ...],
    zone: str,
    strict: bool,
    lang: str,
) -> int:
    """Find mistakes in the policy FILE, and what its author may not have meant.

    Exit code: 0 no errors; 1 warnings, with --strict; 2 errors, or the file cannot be used.
    """
    words = Words(lang)
    team = None
    if team_path is not None:
        calendar = Calendar(zone)
        team = read_team(team_path, calendar=calendar, zone=ZoneInfo(zone), overrides=team_map)
    try:
        source = read_policy_file(file)
    except InvalidPolicy as error:
        for problem in error.problems:
            click.echo(_finding(file, problem.line, problem.path, problem, words))
        _summary(error.problems, words)
        return EXIT_UNUSABLE
    report = _checked(source, team)
    for problem in report.problems:
        where = place_text(problem.place, source.text.plain)
        click.echo(_finding(file, source.line_of(problem), where, problem, words))
    for note in report.notes:
        click.echo(say(words, note))
    _summary(report.problems, words)
    if report.count(Gravity.ERROR):
        return EXIT_UNUSABLE
    return EXIT_WARNINGS if strict and report.count(Gravity.WARNING) else EXIT_OK


def _checked(source: PolicyFile, team: TeamSheet | None) -> LintReport:
    now = datetime.now(UTC)
    if team is None:
        return findings_in(source.document, now=now)
    return findings_in(_with_fields_of(team, source.document), now=now, team=team.team)


def _with_fields_of(team: TeamSheet, document: PolicyDocument) -> PolicyDocument:
    """The document with the team sheet's own columns declared, as a run would have it."""
    declared = {entry.field for entry in document.fields}
    added = tuple(
        CustomField(field=spec.path, type=spec.type, is_personal=spec.personal)
        for spec in team.specs
        if spec.path not in declared
    )
    return document.model_copy(update={"fields": document.fields + added})


def _finding(file: Path, line: int, where: str, problem: PolicyProblem, words: Words) -> str:
    label = words.text(f"policy-gravity-{problem.gravity.value}")
    start = f"{file.name}:{line}" if line else file.name
    place = f"{where}: " if where else ""
    return f"{start}: {label}: {place}{say(words, problem.why)}"


def _summary(problems: Iterable[PolicyProblem], words: Words) -> None:
    counts = dict.fromkeys(Gravity, 0)
    for problem in problems:
        counts[problem.gravity] += 1
    click.echo(
        words.text(
            "policy-lint-summary",
            errors=counts[Gravity.ERROR],
            warnings=counts[Gravity.WARNING],
            hints=counts[Gravity.HINT],
        )
    )


@policy.command()
@click.argument("old", type=EXISTING)
@click.argument("new", type=EXISTING)
@language_option
@say_failures
def diff(old: Path, new: Path, lang: str) -> int:
    """Say in sentences what changed from the policy OLD to the policy NEW; remarks come last."""
    words = Words(lang)
    changes = changes_between(read_policy_file(old).document, read_policy_file(new).document)
    for change in changes:
        click.echo(say(words, change))
    if not changes:
        click.echo(words.text("policy-diff-none"))
    return EXIT_OK


@policy.command()
@click.argument("file", type=EXISTING)
@click.option("--brief", is_flag=True, help="Leave out what has its default value.")
@click.option("--json", "is_json", is_flag=True, help="The canonical JSON, which is what counts.")
@language_option
@say_failures
def show(file: Path, brief: bool, is_json: bool, lang: str) -> int:
    """Print the policy FILE as it is understood: defaults written out, conditions in one line."""
    document = read_policy_file(file).document
    if is_json:
        click.echo(document.canonical_json())
    else:
        click.echo(f"# {document.label}")
        click.echo(to_yaml(document, is_brief=brief), nl=False)
    return EXIT_OK


@policy.command()
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    default=Path("policy.yaml"),
    show_default=True,
)
@click.option("--force", is_flag=True, help="Overwrite the file if it exists.")
@language_option
@say_failures
def init(out: Path, force: bool, lang: str) -> int:
    """Write a commented example policy to start from."""
    words = Words(lang)
    if out.exists() and not force:
        click.echo(words.text("policy-init-exists", file=str(out)), err=True)
        return EXIT_UNUSABLE
    out.write_text(example_text(lang), encoding="utf-8")
    click.echo(words.text("policy-init-written", file=str(out)))
    return EXIT_OK


def example_text(locale: str) -> str:
    """The commented example in a language."""
    return (files("evenhand.cli.policy") / "examples" / f"{locale}.yaml").read_text("utf-8")
