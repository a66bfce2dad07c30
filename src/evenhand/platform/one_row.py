"""One row as an object of its model, by a statement that each connection prepares once.

What every request reads, it reads so: for Django to put a small statement together and for
PostgreSQL to plan it takes several times as long as to run it.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any, TypeVar

from django.db import DEFAULT_DB_ALIAS, connection, models

from evenhand.platform.prepared import send

M = TypeVar("M", bound=models.Model)


def row_where(model: type[M], condition: str, values: Sequence[Any]) -> M | None:
    """The first row for which a condition in SQL holds; values as `prepared.send` takes them.

    :raises TypeError: Django converts a column of the model as it reads it; that is not done here.
    """
    text, names = _statement(model, condition)
    found = send(text, values).rows()
    return model.from_db(DEFAULT_DB_ALIAS, names, found[0]) if found else None


@lru_cache(maxsize=64)
def _statement(model: type[models.Model], condition: str) -> tuple[str, list[str]]:
    fields = model._meta.concrete_fields
    for field in fields:
        if field.get_db_converters(connection):
            raise TypeError(f"{model.__name__}.{field.name} is converted as it is read")
    columns = ", ".join(f'"{field.column}"' for field in fields)
    table = model._meta.db_table
    names = [field.attname for field in fields]
    return f'SELECT {columns} FROM "{table}" WHERE {condition} LIMIT 1', names
