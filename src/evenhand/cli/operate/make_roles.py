"""`evenhand make-roles`: the three roles in a PostgreSQL of yours."""

import secrets
from collections.abc import Mapping
from urllib.parse import quote

import click
import psycopg
from psycopg.conninfo import conninfo_to_dict

from evenhand.cli.failure import say_failures
from evenhand.cli.language import language_option
from evenhand.cli.unusable import Unusable
from evenhand.engine.reasons import reason
from evenhand.platform.postgres.addresses import APPLICATION, LONG, OWNER
from evenhand.platform.postgres.roles import separate_roles
from evenhand.wording.catalogue import Words

_SETTINGS = {
    "DATABASE_URL": APPLICATION,
    "DATABASE_URL_OWNER": OWNER,
    "DATABASE_URL_LONG": LONG,
}


@click.command(name="make-roles")
@click.argument("admin_url")
@click.option("--by-certificate", is_flag=True, help="Roles without a password.")
@language_option
@say_failures
def make_roles(admin_url: str, by_certificate: bool, lang: str) -> int:
    """Make the roles of Evenhand in the database at ADMIN_URL, and print the settings for them.

    ADMIN_URL is the address of a role that may make roles, such as
    postgresql://postgres@db.example.com/evenhand; it is not kept. Tables that are there become
    the owner's. Run again, it gives the roles new passwords. With --by-certificate they have none
    and lose those that they had: each proves itself by a certificate (docs/operate/settings.md).
    Exit code: 0 done; 2 it may not.
    """
    passwords = {
        role: None if by_certificate else secrets.token_urlsafe(24) for role in _SETTINGS.values()
    }
    try:
        parts = conninfo_to_dict(admin_url)
        separate_roles(admin_url, passwords)
    except psycopg.Error as error:
        detail = str(error).strip().partition("\n")[0]
        raise Unusable(reason("server.roles_impossible", detail=detail), detail) from error
    click.echo(Words(lang).text("make-roles-done"), err=True)
    for name, role in _SETTINGS.items():
        click.echo(f"export {name}='{_address(parts, role, passwords[role])}'")
    return 0


def _address(parts: Mapping[str, object], role: str, password: str | None) -> str:
    """The same database for another role; options such as sslmode stay."""
    who = role if password is None else f"{role}:{password}"
    known = {name: str(value) for name, value in parts.items() if value is not None}
    host, port = known.pop("host", ""), known.pop("port", "")
    name = known.pop("dbname", "")
    for personal in ("user", "password", "passfile"):
        known.pop(personal, None)
    place = ""
    if host.startswith("/"):
        known["host"] = host
    elif host:
        place = f"[{host}]" if ":" in host else host
    if port:
        place += f":{port}"
    options = "&".join(f"{key}={quote(value, safe='/')}" for key, value in known.items())
    return f"postgresql://{who}@{place}/{quote(name)}{'?' if options else ''}{options}"
