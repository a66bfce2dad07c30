"""`evenhand worker`: does the jobs of one queue until it is told to stop."""

import os

import click

from evenhand.cli.language import language_option
from evenhand.cli.operate.database import set_up_django


@click.command()
@click.argument("queue", type=click.Choice(["sweeps", "long"]))
@language_option
def worker(queue: str, lang: str) -> None:
    """Do the jobs of a QUEUE: short sweeps, or long work that a person started."""
    long_url = os.environ.get("DATABASE_URL_LONG", "").strip()
    # A worker listens and keeps its connections: past a pooler, where there is one.
    direct_url = os.environ.pop("DATABASE_URL_DIRECT", "").strip()
    if queue == "long" and long_url:
        os.environ["DATABASE_URL"] = long_url
    elif direct_url:
        os.environ["DATABASE_URL"] = direct_url
    set_up_django()
    from evenhand.cli.operate.jobs import work_on

    work_on(queue)
