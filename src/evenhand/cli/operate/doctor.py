"""`evenhand doctor`: whether the data keep what is promised."""

import sys

import click

from evenhand.cli.failure import say_failures
from evenhand.cli.language import language_option
from evenhand.cli.operate.database import database, django_on
from evenhand.platform.folder import data_folder
from evenhand.platform.invariants import INVARIANTS, examine, over_capacity
from evenhand.sheets.regions.load import Kept
from evenhand.sheets.regions.own_file import UnreadableRegions
from evenhand.wording.catalogue import Words
from evenhand.wording.reasons import say

EXIT_OK, EXIT_BROKEN = 0, 1


# Batches that are decided again without --all: the newest, and some drawn among the older.
_NEWEST, _DRAWN = 20, 30


@click.command()
@click.option("--all", "is_whole", is_flag=True, help="Decide every stored batch again.")
@click.option("--recount", is_flag=True, help="First count anew what stands beside the postings.")
@language_option
@say_failures
def doctor(is_whole: bool, recount: bool, lang: str) -> int:
    """Check every promise that the data make, and name what breaks one.

    Fifty batches of decisions are taken again from their receipts and compared byte for byte;
    with --all every one. --recount throws away the daily sums that the fairness pages read and
    counts them again from postings and receipts; nothing else is ever changed. Exit code: 0 all are
    kept; 1 something is broken; 2 there is no database to look at.
    """
    with database() as found, django_on(found.owner_url):
        if recount:
            recount_and_say(Words(lang))
        return examine_and_say(Words(lang), is_whole=is_whole)


def recount_and_say(words: Words) -> None:
    """Count daily sums anew; says from how many postings."""
    from django.utils import timezone

    from evenhand.fairness.counting import recount
    from evenhand.fairness.rules import count_rules_again

    count = recount()
    count_rules_again(timezone.now())
    click.echo(words.text("doctor-recounted", count=count))


def examine_and_say(words: Words, *, is_whole: bool = False) -> int:
    """Examine the database that Django works on; says the result and gives the exit code."""
    from django.db import connection

    with connection.cursor() as cursor:
        findings = examine(cursor)
        over = over_capacity(cursor)
    for finding in findings:
        promise = words.text(finding.invariant.message)
        click.echo(
            words.text(
                "doctor-broken", id=finding.invariant.id, promise=promise, count=finding.count
            ),
            err=True,
        )
        click.echo("  " + ", ".join(finding.examples), err=True)
    for name, items, limit, causes in over:
        click.echo(words.text("doctor-over", name=name, items=items, limit=limit, causes=causes))
    say_of_regions(words)
    differing = replay_and_say(words, is_whole=is_whole) + look_at_seals_and_say(words)
    if findings or differing:
        click.echo(words.text("doctor-ill", count=len(findings) + differing), err=True)
        return EXIT_BROKEN
    click.echo(words.text("doctor-well", count=len(INVARIANTS)))
    return EXIT_OK


def say_of_regions(words: Words) -> None:
    """Name what is wrong with the company's own file of divisions; leads come in without it."""
    kept = Kept(data_folder())
    kept.current()
    if isinstance(kept.error, UnreadableRegions):
        click.echo(words.text("doctor-regions"), err=True)
        for why in kept.error.reasons:
            click.echo(f"  {say(words, why)}", err=True)


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
