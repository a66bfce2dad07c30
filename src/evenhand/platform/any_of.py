"""Rows whose column is one of many numbers, as one value of the statement: `id = ANY('{…}')`.

Django writes an `IN` with a parameter for each, which the driver then formats one by one: for five
hundred that costs more than the query.
"""

from collections.abc import Iterable

from django.db.models import BooleanField, F, Func, Value

from evenhand.platform.rows import array_of


class _AnyOf(Func):
    template = "(%(expressions)s::bigint[]))"
    arg_joiner = " = ANY("
    output_field = BooleanField()


def any_of(column: str, numbers: Iterable[int]) -> Func:
    """Rows whose `column` (a number, a reference) is one of these: `filter(any_of("pk", ids))`."""
    return _AnyOf(F(column), Value(array_of(list(numbers), "bigint")))
