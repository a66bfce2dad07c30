"""Rows as objects of their model, by statements that each connection prepares once.

What every page reads, it reads so: for Django to put a small statement together and for PostgreSQL
to plan it takes several times as long as to run it.
"""

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any, NamedTuple, TypeVar

from django.db import DEFAULT_DB_ALIAS, connection, models
from django.db.models.base import ModelState
from django.db.models.expressions import OrderBy

from evenhand.platform.prepared import send

M = TypeVar("M", bound=models.Model)


def rows_where(
    model: type[M],
    condition: str,
    values: Sequence[Any],
    *,
    along: Sequence[str] = (),
    only: tuple[str, ...] = (),
) -> list[M]:
    """The rows for which a condition in SQL holds, an order may follow it.

    Values are as `prepared.send` takes them. `along` names foreign keys whose rows are read with
    them; each goes by the key's name in the condition, and the model by that of its table. `only`
    names the fields that are read, and the primary key; the others are when somebody asks for them.
    """
    if along:
        return _rows_along(model, condition, values, tuple(along))
    return asked_rows(model, condition, values, only=only)()


def asked_rows(
    model: type[M], condition: str, values: Sequence[Any], *, only: tuple[str, ...] = ()
) -> Callable[[], list[M]]:
    """Ask for them, and read them when what is returned is called.

    Inside `rows.pipelined` several questions so travel together.
    """
    text, one = _statement(model, condition, only)
    sent = send(text, values)
    return lambda: [one.made(row) for row in sent.rows()]


def row_where(
    model: type[M], condition: str, values: Sequence[Any], *, along: Sequence[str] = ()
) -> M | None:
    """The first of them."""
    found = rows_where(model, f"{condition} LIMIT 1", values, along=along)
    return found[0] if found else None


def the_row(
    model: type[M], condition: str, values: Sequence[Any], *, along: Sequence[str] = ()
) -> M:
    """The one row for which a condition holds.

    :raises django.core.exceptions.ObjectDoesNotExist: there is none, the model's own.
    """
    found = rows_where(model, condition, values, along=along)
    if not found:
        raise model.DoesNotExist  # type: ignore[attr-defined]
    return found[0]


def rows_of(
    parts: Sequence[tuple[str, type[models.Model]]],
    rest: str,
    values: Sequence[Any],
    *,
    also: Sequence[str] = (),
) -> list[tuple[Any, ...]]:
    """Rows of a join: an object for each part (its name in the join, its model), None where there
    is none; then what is read `also`. `rest` begins with FROM."""
    text, shapes = _joined(tuple(parts), rest, tuple(also))
    found = []
    for row in send(text, values).rows():
        start, made = 0, []
        for one in shapes:
            end = start + len(one.names)
            made.append(None if row[start + one.key] is None else one.made(row[start:end]))
            start = end
        found.append((*made, *row[start:]))
    return found


def is_there(model: type[models.Model], condition: str, values: Sequence[Any]) -> bool:
    """Whether there is any, for whoever would put a large question where there is mostly none."""
    table = model._meta.db_table
    return bool(send(f'SELECT FROM "{table}" WHERE {condition} LIMIT 1', values).rows())


def order_in_sql(table: str, order: Sequence[str | OrderBy]) -> str:
    """An order by columns, as query sets take it, for a statement that stays prepared."""
    return ", ".join(_by_column(table, one) for one in order)


def _by_column(table: str, one: str | OrderBy) -> str:
    if isinstance(one, str):
        return f"{table}.{one.removeprefix('-')}{' DESC' if one.startswith('-') else ''}"
    field: Any = one.expression
    column = f"{table}.{field.name}{' DESC' if one.descending else ''}"
    if one.nulls_first:
        return f"{column} NULLS FIRST"
    return f"{column} NULLS LAST" if one.nulls_last else column


class _Shape(NamedTuple):
    """How a row of a model is read."""

    model: type[Any]
    names: list[str]
    columns: list[str]
    key: int  # where the primary key stands
    conversions: list[tuple[int, list[Callable[..., Any]]]]

    def made(self, row: tuple[Any, ...]) -> Any:
        """The object that a row is."""
        values: Sequence[Any] = row
        if self.conversions:
            values = converted = list(row)
            for place, converters in self.conversions:
                for convert in converters:
                    converted[place] = convert(converted[place], None, connection)
        # Django would set each attribute by itself, in the order of the fields, and tell whoever
        # wants to know of new objects: nobody does. What is not read is read when it is asked for.
        made: Any = object.__new__(self.model)
        made.__dict__.update(zip(self.names, values, strict=True))
        made._state = state = ModelState()
        state.adding, state.db = False, DEFAULT_DB_ALIAS
        return made


def _rows_along(
    model: type[M], condition: str, values: Sequence[Any], along: tuple[str, ...]
) -> list[M]:
    parts, rest = _along(model, along)
    found = []
    for row in rows_of(parts, f"{rest} WHERE {condition}", values):
        for name, other in zip(along, row[1:], strict=True):
            setattr(row[0], name, other)
        found.append(row[0])
    return found


@lru_cache(maxsize=64)
def _along(
    model: type[models.Model], along: tuple[str, ...]
) -> tuple[list[tuple[str, type[Any]]], str]:
    table = model._meta.db_table
    parts: list[tuple[str, type[Any]]] = [(table, model)]
    rest = f'FROM "{table}"'
    for name in along:
        field: Any = model._meta.get_field(name)
        other = field.remote_field.model
        rest += (
            f' LEFT JOIN "{other._meta.db_table}" AS "{name}"'
            f' ON "{name}"."{other._meta.pk.column}" = "{table}"."{field.column}"'
        )
        parts.append((name, other))
    return parts, rest


@lru_cache(maxsize=256)
def _statement(
    model: type[models.Model], condition: str, only: tuple[str, ...]
) -> tuple[str, _Shape]:
    one = _shape(model, only)
    columns = ", ".join(f'"{name}"' for name in one.columns)
    return f'SELECT {columns} FROM "{model._meta.db_table}" WHERE {condition}', one


@lru_cache(maxsize=256)
def _joined(
    parts: tuple[tuple[str, type[models.Model]], ...], rest: str, also: tuple[str, ...]
) -> tuple[str, list[_Shape]]:
    shapes = [_shape(model) for _, model in parts]
    columns = [
        f'"{name}"."{column}"'
        for (name, _), one in zip(parts, shapes, strict=True)
        for column in one.columns
    ]
    return f"SELECT {', '.join((*columns, *also))} {rest}", shapes


@lru_cache(maxsize=64)
def _shape(model: type[models.Model], only: tuple[str, ...] = ()) -> _Shape:
    fields: list[Any] = [
        field
        for field in model._meta.concrete_fields
        if not only or field.primary_key or field.name in only or field.attname in only
    ]
    key = next(place for place, field in enumerate(fields) if field.primary_key)
    conversions = [
        (place, converters)
        for place, field in enumerate(fields)
        if (converters := field.get_db_converters(connection))
    ]
    names = [field.attname for field in fields]
    return _Shape(model, names, [field.column for field in fields], key, conversions)
