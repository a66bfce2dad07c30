"""`evenhand doctor`: whether the data keep what is promised."""

import sys
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from time import perf_counter
from typing import Any

import click

from evenhand.cli.failure import say_failures
from evenhand.cli.language import language_option
from evenhand.cli.operate.database import database, django_on
from evenhand.engine.reasons import reason
from evenhand.platform.folder import data_folder
from evenhand.platform.invariants import INVARIANTS, Finding, Invariant, look, over_capacity
from evenhand.platform.proved import last_good_drill
from evenhand.platform.refusal import Refused
from evenhand.platform.shown_certificate import Unreachable, shown_at
from evenhand.sheets.regions.load import Kept
from evenhand.sheets.regions.own_file import UnreadableRegions
from evenhand.wording.catalogue import Words
from evenhand.wording.reasons import say

EXIT_OK, EXIT_BROKEN = 0, 1


# Batches that are decided again without --all: the newest, and some drawn among the older.
_NEWEST, _DRAWN = 20, 30
# A certificate that is renewed by machine is renewed before that.
_SOON_DAYS = 14


class NoSuchPromise(Refused):
    """No promise has this id or name."""


@click.command()
@click.option("--all", "is_whole", is_flag=True, help="Decide every stored batch again.")
@click.option("--recount", is_flag=True, help="First count anew what is kept beside its source.")
@click.option("--only", multiple=True, metavar="ID", help="Promises with this id or name alone.")
@click.option(
    "--list", "is_list", is_flag=True, help="Name the promises and remedies; ask nothing."
)
@click.option("--sql", is_flag=True, help="Print the queries themselves; ask nothing.")
@language_option
@say_failures
def doctor(
    is_whole: bool, recount: bool, only: tuple[str, ...], is_list: bool, sql: bool, lang: str
) -> int:
    """Check every promise that the data make, and name what breaks one and what to do.

    Each promise is one line: its id, its name, what it says, and how long the question took. Fifty
    batches of decisions are taken again from their receipts and compared byte for byte; with --all
    every one. --recount counts anew what people carry, and the daily sums that the fairness pages
    read, each from what it is the sum of; nothing else is ever changed. Exit code: 0 all are kept;
    1 something is broken; 2 there is no database to look at.
    """
    words, promises = Words(lang), promises_named(only)
    if is_list or sql:
        for one in promises:
            click.echo(f"-- {one.id} {one.name}\n{one.sql.strip()};\n" if sql else told(words, one))
        return EXIT_OK
    with database() as found, django_on(found.owner_url):
        if recount:
            recount_and_say(words)
        return examine_and_say(words, promises, is_whole=is_whole, replays=not only)


def promises_named(names: Sequence[str]) -> list[Invariant]:
    """The promises with these ids or names, all for none, in the order of their ids.

    :raises NoSuchPromise: there is none.
    """
    ordered = sorted(INVARIANTS, key=lambda one: one.number)
    for name in names:
        if not any(name in (one.id, one.name) for one in ordered):
            known = tuple(dict.fromkeys(one.id for one in ordered))
            raise NoSuchPromise(reason("doctor.no_such_promise", value=name, known=known))
    return [one for one in ordered if not names or {one.id, one.name} & set(names)]


def told(words: Words, one: Invariant) -> str:
    """A promise and what to do where it is broken, as lines."""
    return f"{one.id} {one.name}: {words.text(one.message)}\n    {words.text(one.remedy)}"


def recount_and_say(words: Words) -> None:
    """Count loads and daily sums anew; says how many were wrong and from how many postings."""
    from django.utils import timezone

    from evenhand.fairness.counting import recount
    from evenhand.fairness.rules import count_rules_again
    from evenhand.leads.custody import recount_loads

    click.echo(words.text("doctor-recounted-loads", count=recount_loads()))

    count = recount()
    count_rules_again(timezone.now())
    click.echo(words.text("doctor-recounted", count=count))


def examine_and_say(
    words: Words,
    promises: Sequence[Invariant] = INVARIANTS,
    *,
    is_whole: bool = False,
    replays: bool = True,
) -> int:
    """Examine the database that Django works on; says the result and gives the exit code."""
    from django.db import connection

    with connection.cursor() as cursor:
        findings = list(_looked_at(words, promises, cursor))
        over = over_capacity(cursor)
    for name, items, limit, causes in over:
        click.echo(words.text("doctor-over", name=name, items=items, limit=limit, causes=causes))
    say_of_regions(words)
    say_of_drill(words)
    say_of_scanner(words)
    say_of_address(words)
    differing = 0
    if replays:
        differing = replay_and_say(words, is_whole=is_whole) + look_at_seals_and_say(words)
    if findings or differing:
        click.echo(words.text("doctor-ill", count=len(findings) + differing), err=True)
        return EXIT_BROKEN
    click.echo(words.text("doctor-well", count=len(promises)))
    return EXIT_OK


def _looked_at(words: Words, promises: Iterable[Invariant], cursor: Any) -> Iterator[Finding]:
    """Ask for each promise and say what came of it; gives what is broken."""
    for one in promises:
        started = perf_counter()
        finding = look(cursor, one)
        seconds = f"{perf_counter() - started:.2f}"
        promise = words.text(one.message)
        if finding is None:
            click.echo(words.text("doctor-kept", id=one.id, promise=promise, seconds=seconds))
            continue
        said = words.text("doctor-broken", id=one.id, promise=promise, count=finding.count)
        click.echo(said, err=True)
        click.echo("  " + ", ".join(finding.examples), err=True)
        click.echo("  " + words.text(one.remedy), err=True)
        yield finding


def say_of_regions(words: Words) -> None:
    """Name what is wrong with the company's own file of divisions; leads come in without it."""
    kept = Kept(data_folder())
    kept.current()
    if isinstance(kept.error, UnreadableRegions):
        click.echo(words.text("doctor-regions"), err=True)
        for why in kept.error.reasons:
            click.echo(f"  {say(words, why)}", err=True)


def say_of_drill(words: Words) -> None:
    """Say when a backup was last proved good on this machine, if one was."""
    drilled = last_good_drill()
    if drilled is not None:
        days = max(0, (datetime.now(UTC) - drilled).days)
        click.echo(words.text("doctor-drilled", days=days))


def say_of_scanner(words: Words) -> None:
    """Say whether uploads are looked at for viruses; while the scanner is away none is taken."""
    from django.conf import settings

    scanner = settings.CLAMD
    if scanner is None:
        click.echo(words.text("doctor-scanner-none"))
    elif scanner.is_there():
        click.echo(words.text("doctor-scanner-there", place=str(scanner)))
    else:
        click.echo(words.text("doctor-scanner-away", place=str(scanner)), err=True)


def say_of_address(words: Words) -> None:
    """Say what https shows at the address that people type, as this machine sees it."""
    from django.conf import settings

    url = settings.EVENHAND_URL
    if not url.startswith("https:"):
        return
    try:
        shown = shown_at(url, datetime.now(UTC))
    except Unreachable as error:
        click.echo(words.text("doctor-address-away", url=url, detail=str(error)))
        return
    if shown.speaks_old:
        click.echo(words.text("doctor-address-old", url=url), err=True)
    if shown.untrusted:
        said = words.text("doctor-address-untrusted", url=url, detail=shown.untrusted)
        click.echo(said, err=True)
        return
    ends_soon = shown.days < _SOON_DAYS
    name = "doctor-address-soon" if ends_soon else "doctor-address-well"
    said = words.text(name, url=url, days=shown.days, version=shown.version)
    click.echo(said, err=ends_soon)


def look_at_seals_and_say(words: Words) -> int:
    """The newest seal and the newest anchor; says how far the journal is sealed, and each finding.

    The whole chain is for `evenhand verify`. Returns the number of findings.
    """
    from django.utils import timezone

    from evenhand.journal.models import Seal
    from evenhand.journal.seals.anchoring import anchors_folder, read_anchors
    from evenhand.journal.seals.verifying import positions, verify_last

    anchors, findings = read_anchors(anchors_folder(), newest=1)
    findings += verify_last(anchors)
    for one in findings:
        said = words.text(f"verify-{one.kind.replace('_', '-')}", **one._asdict())
        click.echo(words.text("doctor-seals-ill", what=said), err=True)
    last = Seal.objects.order_by("-number").first()
    if last is not None:
        age = max(0, int((timezone.now() - last.at).total_seconds()))
        day = anchors[-1].at[:10] if anchors else ""
        click.echo(words.text("doctor-seals", count=positions(), seconds=age, day=day or "-"))
    return len(findings)


def replay_and_say(words: Words, *, is_whole: bool) -> int:
    """Decide stored batches again; says how many, and each that differs. Returns their number."""
    from evenhand.routing.audit import decide_again, every_batch, sample

    ids = every_batch() if is_whole else sample(_NEWEST, _DRAWN)
    decisions = differing = 0
    label = words.text("doctor-deciding-again")
    with click.progressbar(decide_again(ids), length=len(ids), label=label, file=sys.stderr) as bar:
        for one in bar:
            decisions += one.decisions
            if one.wrong:
                differing += 1
                click.echo(
                    words.text("doctor-differs", batch=one.batch_id, detail=one.wrong), err=True
                )
    click.echo(words.text("doctor-decided-again", decisions=decisions, batches=len(ids)))
    return differing
