"""Items under lock in one statement, each with its company: the rows that acts on many judge by."""

from collections.abc import Callable, Iterable
from functools import cache
from typing import Any

from django.db import connection
from django.db.models import Model
from django.db.models.base import ModelState

from evenhand.engine.facts import ItemKind
from evenhand.leads.access import MODELS
from evenhand.leads.models import Company
from evenhand.platform.prepared import Sent, send
from evenhand.platform.rows import array_of


class LockedItems:
    """Items of a kind, locked in the order of their ids; their rows are on the way."""

    def __init__(self, kind: str, ids: Iterable[int]) -> None:
        self._kind = kind
        self._sent: Sent = send(_sql(kind), [array_of(sorted(set(ids)), "bigint")])

    def by_id(self) -> dict[int, Any]:
        """The rows that exist, by id; a lead or an opportunity with its company."""
        own = _reader(MODELS[self._kind])
        if self._kind == ItemKind.ACCOUNT:
            return {item.pk: item for item in map(own, self._sent.rows())}
        company, width = _reader(Company), len(MODELS[self._kind]._meta.concrete_fields)
        key = width + Company._meta.concrete_fields.index(Company._meta.pk)
        found: dict[int, Any] = {}
        for row in self._sent.rows():
            item = own(row[:width])
            item.company = None if row[key] is None else company(row[width:])
            found[item.pk] = item
        return found


@cache
def _reader(model: type[Model]) -> Callable[[Any], Any]:
    """What makes a model's object of a row."""
    fields = model._meta.concrete_fields
    names = [one.attname for one in fields]
    conversions = [
        (one.attname, one.from_db_value) for one in fields if hasattr(one, "from_db_value")
    ]

    def read(row: Any) -> Any:
        # As `from_db` makes it, at a fifth of the time: that asks each field about each value.
        item: Any = model.__new__(model)
        values = dict(zip(names, row, strict=True))
        for name, convert in conversions:
            values[name] = convert(values[name], None, connection)
        item.__dict__.update(values)
        item._state = ModelState()
        item._state.adding, item._state.db = False, connection.alias
        return item

    return read


@cache
def _sql(kind: str) -> str:
    table = MODELS[kind]._meta.db_table
    columns = [f't."{one.column}"' for one in MODELS[kind]._meta.concrete_fields]
    join = ""
    if kind != ItemKind.ACCOUNT:
        columns += [f'c."{one.column}"' for one in Company._meta.concrete_fields]
        join = "LEFT JOIN company c ON c.id = t.company_id"
    return (
        f"SELECT {', '.join(columns)} FROM {table} t {join}"
        " WHERE t.id = ANY(%s::bigint[]) ORDER BY t.id FOR UPDATE OF t"
    )
