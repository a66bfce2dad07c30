"""`evenhand conflict`: 撞单查询 on the server's command line."""

from collections.abc import Iterator

import click

from evenhand.cli.failure import say_failures
from evenhand.cli.language import language_option
from evenhand.cli.operate.database import database, django_on
from evenhand.wording.catalogue import Words

EXIT_FREE = 0
EXIT_TAKEN = 1


@click.command()
@click.argument("text")
@language_option
@say_failures
def conflict(text: str, lang: str) -> int:
    """Say whether TEXT, a phone, a mail address or a company, is free, or whose it is.

    Exit code: 0 free, or nobody works on it; 1 somebody's, in a pool, waiting, or not to be
    contacted; 2 unusable.
    """
    words = Words(lang)
    with database() as found, django_on(found.app_url):
        from evenhand.leads.operations.conflicts import Answer, check_conflict
        from evenhand.people.actor import SYSTEM

        def lines(answer: Answer) -> Iterator[str]:
            yield words.text(f"web-conflicts-answer-{answer.standing.value}")
            for one in answer.findings:
                what = one.name or words.text(f"item-kind-{one.kind.value}")
                if one.is_likely:
                    what = words.text("web-conflicts-alike", name=one.name)
                standing = words.text(f"web-conflicts-standing-{one.standing.value}")
                said = (what, standing, one.holder, one.team)
                yield "  " + " · ".join(part for part in said if part)

        answer = check_conflict(text, actor=SYSTEM)
        for line in lines(answer):
            click.echo(line)
        return EXIT_FREE if answer.may_enter else EXIT_TAKEN
