"""Writing many rows at once, cheaply: one statement per table, several statements per round trip.

Rows travel column by column as texts of arrays that are written here: what a driver does for a list
of Python lists costs a quarter of a millisecond per lead, JSON that names every column in every row
a fifth of the whole insert on both sides. A column with one value throughout travels once.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

from django.db import connection

from evenhand.platform.prepared import one_trip, send

# Up to so many rows one text of SQL serves all batches, prepared; beyond, a column of one value
# travels once.
_FEW = 128
_PLAIN = frozenset({"bigint", "int", "smallint", "boolean"})

_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


class Json(str):
    """A value of a `jsonb` column that is JSON already."""


@contextmanager
def pipelined() -> Iterator[None]:
    """Statements inside wait for their answers only where an answer is read.

    They are sent together where an answer is read, at the end, or as soon as there is much of them.
    An error of a statement may surface at a later one, or at the end of the block; it is one of
    Django's, and the transaction around the block is rolled back as ever.
    """
    with one_trip():
        yield


def insert_rows(
    table: str,
    columns: Mapping[str, str],
    rows: Sequence[Sequence[Any]],
    *,
    same: Mapping[str, Any] | None = None,
) -> None:
    """Insert rows whose values stand in the order of `columns` (name → SQL type).

    `same` are columns with one value for all rows. Values are texts, numbers, booleans and None; a
    `jsonb` column takes whatever JSON can say.
    """
    if not rows:
        return
    fixed = dict(same or {})
    varying: dict[str, str] = {}  # the array, by name
    few = bool(columns) and len(rows) <= _FEW
    casts: dict[str, str] = {}
    for (name, kind), values in zip(columns.items(), zip(*rows, strict=True), strict=True):
        if kind == "jsonb":  # as texts: to Python, but not to JSON, 1 is the same as true
            values = tuple(
                value if value is None or value.__class__ is Json else _encode(value)
                for value in values
            )
        if not few and values.count(values[0]) == len(values):
            fixed[name], casts[name] = values[0], f"::{kind}"
        else:
            varying[name] = array_of(values, kind)
    if few:
        sql = _text_for_few(table, tuple(columns.items()), tuple(fixed))
        values = (*fixed.values(), *varying.values())
        send(sql, [str(one) if one.__class__ is int else one for one in values])
        return
    arrays = tuple((name, columns[name]) for name in varying)
    sql = _text(table, arrays, {name: casts.get(name, "") for name in fixed}, len(rows))
    with connection.cursor() as cursor:
        cursor.execute(sql, [*fixed.values(), *varying.values()])


@lru_cache(maxsize=256)
def _text_for_few(table: str, arrays: tuple[tuple[str, str], ...], fixed: tuple[str, ...]) -> str:
    return _text(table, arrays, dict.fromkeys(fixed, ""), 0)


def _text(
    table: str, arrays: Sequence[tuple[str, str]], fixed: Mapping[str, str], count: int
) -> str:
    """The statement: values that are fixed (name → cast), then arrays (name, SQL type)."""
    names = [*fixed, *(name for name, _ in arrays)]
    selected = [*(f"%s{cast}" for cast in fixed.values()), *(f"r.{name}" for name, _ in arrays)]
    source = (
        f"unnest({', '.join(f'%s::{kind}[]' for _, kind in arrays)})"
        f" AS r({', '.join(name for name, _ in arrays)})"
        if arrays
        else f"generate_series(1, {count})"
    )
    return f"INSERT INTO {table} ({', '.join(names)}) SELECT {', '.join(selected)} FROM {source}"


def array_of(values: Sequence[Any], kind: str) -> str:
    """Values as PostgreSQL writes an array of this SQL type; cast it: `%s::text[]`.

    Values of a `jsonb[]` are texts of JSON.
    """
    if kind in _PLAIN:
        texts = ["NULL" if value is None else str(value) for value in values]
    else:
        texts = ["NULL" if value is None else _quoted(value) for value in values]
    return "{" + ",".join(texts) + "}"


def _quoted(text: str) -> str:
    if "\\" in text or '"' in text:
        text = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{text}"'
