"""Rows as objects of their model, by statements that each connection prepares once.

What every page reads, it reads so: for Django to put a small statement together and for PostgreSQL
to plan it takes several times as long as to run it.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any, TypeVar

from django.db import DEFAULT_DB_ALIAS, connection, models

from evenhand.platform.prepared import send

M = TypeVar("M", bound=models.Model)


def rows_where(model: type[M], condition: str, values: Sequence[Any]) -> list[M]:
    """The rows for which a condition in SQL holds, an order may follow it.

    Values are as `prepared.send` takes them.

    :raises TypeError: Django converts a column of the model as it reads it; that is not done here.
    """
    text, names = _statement(model, condition)
    return [model.from_db(DEFAULT_DB_ALIAS, names, row) for row in send(text, values).rows()]


def row_where(model: type[M], condition: str, values: Sequence[Any]) -> M | None:
    """The first of them; raises as `rows_where`."""
    found = rows_where(model, f"{condition} LIMIT 1", values)
    return found[0] if found else None


def is_there(model: type[models.Model], condition: str, values: Sequence[Any]) -> bool:
    """Whether there is any, for whoever would put a large question where there is mostly none."""
    table = model._meta.db_table
    return bool(send(f'SELECT FROM "{table}" WHERE {condition} LIMIT 1', values).rows())


@lru_cache(maxsize=64)
def _statement(model: type[models.Model], condition: str) -> tuple[str, list[str]]:
    fields = model._meta.concrete_fields
    for field in fields:
        if field.get_db_converters(connection):
            raise TypeError(f"{model.__name__}.{field.name} is converted as it is read")
    columns = ", ".join(f'"{field.column}"' for field in fields)
    names = [field.attname for field in fields]
    return f'SELECT {columns} FROM "{model._meta.db_table}" WHERE {condition}', names
