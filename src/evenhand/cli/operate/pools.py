"""`evenhand pools`: what lies in the public pools (公海), on the server's command line."""

from datetime import timedelta

import click

from evenhand.cli.failure import say_failures
from evenhand.cli.language import language_option
from evenhand.cli.operate.database import database, django_on
from evenhand.wording.catalogue import Words

_DAY = 86_400


@click.command()
@click.option("--days", default=7, show_default=True, type=click.IntRange(1, 365))
@language_option
@say_failures
def pools(days: int, lang: str) -> int:
    """List the public pools: what lies there and how old it is, what came and left in --days.

    Exit code: 0 done; 1 there is no pool; 2 unusable.
    """
    words = Words(lang)
    with database() as found, django_on(found.app_url):
        from evenhand.people.actor import SYSTEM
        from evenhand.platform.clock import now
        from evenhand.pool.flow import flows, watched

        seen, at = watched(SYSTEM), now()
        if not seen:
            click.echo(words.text("pools-none"))
            return 1
        sums = flows(seen, at - timedelta(days=days), at, at)
        for one in seen:
            flow = sums[one.key]
            click.echo(
                words.text(
                    "pools-line",
                    line=one.line,
                    pool=one.name,
                    lies=flow.lies,
                    age=round((flow.median_age or 0) / _DAY),
                    days=days,
                    came=flow.all_came,
                    left=flow.all_left,
                    claimed=flow.left.get("claim", 0),
                )
            )
    return 0
