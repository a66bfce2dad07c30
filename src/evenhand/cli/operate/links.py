"""`evenhand login-link` and `reset-link`: for whoever runs the server."""

import click
from django.conf import settings

from evenhand.cli.failure import say_failures
from evenhand.cli.language import language_option
from evenhand.cli.operate.database import database, django_on
from evenhand.engine.reasons import reason
from evenhand.platform.refusal import Refused
from evenhand.wording.catalogue import Words


class NobodyThere(Refused):
    """Nobody has this mail address."""


@click.command("login-link")
@click.argument("email")
@language_option
@say_failures
def login_link(email: str, lang: str) -> int:
    """Make a link that logs EMAIL in to the demo company, once, within a day."""
    return _say_link("demo", email, Words(lang))


@click.command("reset-link")
@click.argument("email")
@language_option
@say_failures
def reset_link(email: str, lang: str) -> int:
    """Make a link with which EMAIL chooses a new password, once, within a day."""
    return _say_link("reset", email, Words(lang))


def public_url() -> str:
    """The address people type."""
    return str(settings.EVENHAND_URL)


def address_of(token: str) -> str:
    """The address of a link."""
    return f"{public_url()}/link/{token}"


def _say_link(kind: str, email: str, words: Words) -> int:
    with database() as found, django_on(found.app_url):
        from evenhand.people.actor import SYSTEM
        from evenhand.people.models import User
        from evenhand.people.operations.links import LIFETIMES, issue_link

        user = User.objects.filter(email=email.strip().lower()).first()
        if user is None:
            raise NobodyThere(reason("link.unknown_address", value=email))
        token = issue_link(kind, user=user, actor=SYSTEM)
        hours = LIFETIMES[kind].total_seconds() // 3600
    click.echo(words.text("link-once", hours=int(hours)), err=True)
    click.echo(address_of(token))
    return 0
