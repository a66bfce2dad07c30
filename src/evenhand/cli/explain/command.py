"""`evenhand explain`: find the decision, go back to the moment before it, and say it in words."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import click

from evenhand.cli.failure import EXIT_UNUSABLE, say_failures
from evenhand.cli.language import language_option
from evenhand.cli.receipts_file import receipt_lines
from evenhand.engine.policy.compile import policy_from_json
from evenhand.engine.routing.recall import Recalled, UnknownItem, recall
from evenhand.sheets.values.text import text_of
from evenhand.wording.catalogue import Words
from evenhand.wording.receipt_view import display_names, shown_names, view_of
from evenhand.wording.receipts import Section, receipt_sentences


@click.command()
@click.argument("receipts", type=click.Path(path_type=Path))
@click.option("--lead", required=True, help="The lead's id.")
@click.option("--rep", help="Somebody who did not get it: his id or name.")
@language_option
@say_failures
def explain(receipts: Path, lead: str, rep: str | None, lang: str) -> int:
    """Say why a lead in RECEIPTS went where it went, and why not to somebody else.

    Exit code: 0 explained; 2 no such lead or person, or not a receipt file.
    """
    words = Words(lang)
    try:
        with receipt_lines(receipts) as lines:
            # An id is copied from a sheet as it stands there: made safe for spreadsheet programs.
            found = recall(lines, text_of(lead), policy_from_json)
    except UnknownItem:
        click.echo(words.text("explain-unknown-lead", lead=lead), err=True)
        return EXIT_UNUSABLE
    team = found.router.team
    person = None if rep is None else team.find(rep)
    if rep is not None and person is None:
        click.echo(words.text("explain-unknown-rep", rep=rep), err=True)
        return EXIT_UNUSABLE
    view = view_of(found, None if person is None else person.id)
    reader = None if person is None else person.id
    names = shown_names(team, found.router.policy, words, reader)
    for section in receipt_sentences(words, view, names):
        _print(section)
    for line in _later(found, words):
        click.echo(line)
    return 0


def _print(section: Section) -> None:
    click.echo(click.style(section.title, bold=True))
    for line in section.lines:
        click.echo(f"  {line}")


def _later(found: Recalled, words: Words) -> Iterable[str]:
    """What was changed afterwards, and a warning if the file says something else than the rules."""
    names = display_names(found.router.team)
    for edit in found.edits:
        yield _edit_line(edit, words, names)
    if found.stored.get("rep") != found.decision.rep_id:
        yield words.text("explain-differs")


def _edit_line(edit: Mapping[str, Any], words: Words, names: Mapping[str, str]) -> str:
    return words.text(
        f"explain-edit-{edit['act']}",
        to=names.get(edit["to"], edit["to"]),
        by=edit["by"] or "-",
        note=edit["note"] or "-",
    )
