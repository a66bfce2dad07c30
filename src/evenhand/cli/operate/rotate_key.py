"""`evenhand rotate-key`: a new secret key, and what the old one sealed moved under it.

The new key stands beside the data before anything is sealed with it, and the old one until nothing
is sealed with it any more: whoever is interrupted runs it again.
"""

import os

import click

from evenhand.cli.failure import say_failures
from evenhand.cli.language import language_option
from evenhand.cli.operate.database import django_on, own_database
from evenhand.engine.reasons import reason
from evenhand.platform.crashpoint import crashpoint
from evenhand.platform.refusal import Refused
from evenhand.platform.secret_key import old_key_file, replace_key
from evenhand.wording.catalogue import Words


class KeyUnknown(Refused):
    """Something was sealed with a key that is not known here."""


@click.command("rotate-key")
@language_option
@say_failures
def rotate_key(lang: str) -> int:
    """Replace the secret key, and move what it sealed under the new one. Stop the server first.

    Where EVENHAND_SECRET_KEY holds the new key and EVENHAND_SECRET_KEY_OLD the former one, only
    what was sealed is moved. Everybody logs in again afterwards. Exit code: 0 done; 2 it could not
    be done, and what is there still opens.
    """
    words = Words(lang)
    is_given = bool(os.environ.get("EVENHAND_SECRET_KEY", "").strip())
    with own_database() as found:
        if not is_given:
            replace_key()
            crashpoint("key.replaced")
        with django_on(found.owner_url):
            count = _move()
        crashpoint("key.resealed")
    click.echo(words.text("rotate-key-moved", count=count))
    if is_given:
        click.echo(words.text("rotate-key-remove-old"))
        return 0
    old_key_file().unlink(missing_ok=True)
    click.echo(words.text("rotate-key-done"))
    return 0


def _move() -> int:
    from evenhand.connectors.operations.setup import reseal_all as reseal_connectors
    from evenhand.notify.operations.channels import reseal_all as reseal_channels
    from evenhand.people.operations.totp import reseal_all
    from evenhand.people.sealing import Unopenable

    try:
        return reseal_channels() + reseal_connectors() + reseal_all()
    except Unopenable as error:
        raise KeyUnknown(reason("operate.key_unknown")) from error
