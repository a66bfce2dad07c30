"""`evenhand first-run`: what a start has to do before anybody comes, and the first links."""

import os
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click
from django.db.models import Count, OuterRef, Subquery

from evenhand.cli.failure import say_failures
from evenhand.cli.language import language_option
from evenhand.cli.operate.database import database, django_on
from evenhand.cli.operate.links import address_of, public_url
from evenhand.wording.catalogue import Words

if TYPE_CHECKING:
    from evenhand.people.models import User

# Whom a newcomer should try first, by role; the first rep has a full inbox.
GREETED = ("rep", "manager", "sales_ops", "admin")


@click.command("first-run")
@language_option
@say_failures
def first_run(lang: str) -> int:
    """Prepare the first start: the demo company or, with EVENHAND_DEMO=0, a set-up link.

    What to do next is printed; later starts print how to log in. `serve` calls it.
    """
    words = Words(lang)
    with database() as found, django_on(found.app_url):
        from evenhand.people.models import Organization

        organization = Organization.objects.filter(pk=1).first()
        if organization is not None:
            _resume(organization.name, words, is_demo=organization.is_demo)
        elif os.environ.get("EVENHAND_DEMO", "").strip() == "0":
            _invite_to_set_up(words)
        else:
            seed_demo(datetime.now(UTC), words)
            _greet(words)
    return 0


def seed_demo(now: datetime, words: Words) -> None:
    """Write the demo company, telling on the error channel how far it is."""
    from evenhand.cli.demo_company.generate import generate
    from evenhand.cli.demo_company.load import load

    tenths = 0

    def said(done: int, total: int) -> None:
        nonlocal tenths
        if done * 10 // total > tenths:
            tenths = done * 10 // total
            click.echo(words.text("first-run-dealt", done=done, total=total), err=True)

    click.echo(words.text("first-run-demo"), err=True)
    load(generate(now), said=said)


def _greet(words: Words) -> None:
    from evenhand.people.actor import SYSTEM
    from evenhand.people.models import LinkKind, Organization
    from evenhand.people.operations.links import issue_link

    organization = Organization.objects.get(pk=1)
    click.echo(words.text("first-run-ready", company=organization.name))
    for role in GREETED:
        user = _host(role)
        address = address_of(issue_link(LinkKind.DEMO, user=user, actor=SYSTEM))
        click.echo(f"  {words.text(ROLE_WORDS[role])} · {user.name}\n    {address}")
    click.echo(words.text("first-run-more-links"))
    click.echo(words.text("first-run-own-company"))


def _host(role: str) -> "User":
    """Somebody of a role to look over the shoulder of: with the most to do today."""
    from evenhand.leads.models import Lead
    from evenhand.people.models import User

    waiting = Lead.objects.filter(owner_id=OuterRef("pk"), state="owned", contacted_at=None)
    most = waiting.order_by().values("owner_id").annotate(n=Count("pk")).values("n")
    people = User.objects.filter(role=role, is_active=True, locale="")
    return people.order_by(Subquery(most).desc(nulls_last=True), "pk")[0]


ROLE_WORDS = {
    "rep": "first-run-rep",
    "manager": "first-run-manager",
    "sales_ops": "first-run-sales-ops",
    "admin": "first-run-admin",
}


def _resume(company: str, words: Words, *, is_demo: bool) -> None:
    click.echo(words.text("first-run-resumes", company=company, url=public_url()))
    click.echo(words.text("first-run-more-links" if is_demo else "first-run-reset"))


def _invite_to_set_up(words: Words) -> None:
    from evenhand.people.actor import SYSTEM
    from evenhand.people.models import LinkKind
    from evenhand.people.operations.links import LIFETIMES, issue_link

    token = issue_link(LinkKind.SET_UP, actor=SYSTEM)
    days = LIFETIMES[LinkKind.SET_UP].days
    click.echo(words.text("first-run-set-up", days=days))
    click.echo(f"  {address_of(token)}")
