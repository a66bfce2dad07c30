"""The application must not be who could switch its guards off: checked before the server starts.

(reference: reliability S14)
"""

import psycopg

from evenhand.engine.reasons import reason
from evenhand.platform.postgres.addresses import Database
from evenhand.platform.refusal import Refused


class TooMuchPower(Refused):
    """The application's role is a superuser, or may do what the owner of the tables may."""


_POWER = """
SELECT current_user, (SELECT rolsuper FROM pg_roles WHERE rolname = current_user),
  EXISTS (SELECT FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'
    AND pg_has_role(current_user, relowner, 'MEMBER')),
  EXISTS (SELECT FROM pg_roles WHERE rolname = %s AND pg_has_role(current_user, oid, 'MEMBER'))
"""


def check_power(database: Database, *, knows_owner: bool = True) -> None:
    """Let neither the application nor long work be superuser or owner of the tables.

    A host that changes no tables does not know their owner.

    :raises TooMuchPower: one of them is, with the command that makes roles as they should be.
    :raises psycopg.Error: the database cannot be reached.
    """
    owner = _owner(database) if knows_owner else ""
    for url in dict.fromkeys((database.app_url, database.long_url)):
        with psycopg.connect(url) as connection:
            row = connection.execute(_POWER, [owner]).fetchone()
        assert row is not None
        role, is_superuser, has_tables, may_own = row
        if is_superuser:
            raise TooMuchPower(reason("server.role_is_superuser", role=role))
        if has_tables or may_own:
            raise TooMuchPower(reason("server.role_owns_tables", role=role))


def _owner(database: Database) -> str:
    with psycopg.connect(database.owner_url) as connection:
        (owner,) = connection.execute("SELECT current_user").fetchone() or ("",)
    return str(owner)
