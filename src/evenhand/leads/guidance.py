"""Who stands beside the holder of an item: the mentor of a stretch, and his part of what comes."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from django.db import connection

from evenhand.leads.models import Held
from evenhand.platform.prepared import send
from evenhand.platform.rows import insert_rows


class Guided(NamedTuple):
    """An item that was dealt as a stretch: its holder, the mentor, and the mentor's percent."""

    kind: str
    item_id: int
    rep_id: int
    mentor_id: int
    percent: int
    receipt_id: int


def write_guidance(rows: Sequence[Guided], *, at: datetime) -> None:
    """Note who stands beside whom; in the transaction that deals the items."""
    if rows:
        insert_rows("guidance", _COLUMNS, rows, same={"at": at})


_COLUMNS = {
    "item_kind": "text",
    "item_id": "bigint",
    "rep_id": "bigint",
    "mentor_id": "bigint",
    "percent": "int",
    "receipt_id": "bigint",
}


def follow(kind: str, item_id: int, *, to_kind: str, to_id: int, rep_id: int) -> None:
    """What a lead has become keeps the mentor that its holder had."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO guidance (item_kind, item_id, rep_id, mentor_id, percent, receipt_id)"
            " SELECT %s, %s, rep_id, mentor_id, percent, receipt_id FROM guidance"
            " WHERE item_kind = %s AND item_id = %s AND rep_id = %s ORDER BY id DESC LIMIT 1",
            [to_kind, to_id, kind, item_id, rep_id],
        )


def mentor_of(kind: str, item: Held) -> str:
    """The name of whoever stands beside the owner of an item there; "" = nobody."""
    if item.owner_id is None:
        return ""
    found = send(_MENTOR, [str(kind), str(item.pk), str(item.owner_id)]).rows()
    return str(found[0][0]) if found else ""


_MENTOR = """
SELECT p.name FROM guidance AS g JOIN person AS p ON p.id = g.mentor_id
WHERE g.item_kind = %s AND g.item_id = %s AND g.rep_id = %s ORDER BY g.id DESC LIMIT 1
"""


def beside_in_sql(kind: str, table: str, mentor_id: int) -> tuple[str, list[str]]:
    """That an item's holder has this mentor beside him there: SQL over its table, and values."""
    return (
        "EXISTS (SELECT FROM guidance AS g WHERE g.mentor_id = %s AND g.item_kind = %s"
        f" AND g.item_id = {table}.id AND g.rep_id = {table}.owner_id)",
        [str(mentor_id), str(kind)],
    )
