"""A condition as a field of a policy section: text or tree goes in, text comes out.

It stands here and not in `engine.policy`, because the sections that use it are assembled there,
and no two packages import each other.
"""

from typing import Annotated, Any

from pydantic import PlainSerializer, PlainValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

from evenhand.engine.conditions.nodes import ALWAYS, AllOf, Always, AnyOf, Atom, Condition, Not
from evenhand.engine.conditions.operands import InvalidCondition
from evenhand.engine.conditions.text import to_text
from evenhand.engine.conditions.tree import from_tree

__all__ = ["ALWAYS", "ConditionField"]


def _read(value: Any) -> Condition:
    """The condition itself, or the one that a text or a tree describes.

    :raises PydanticCustomError: it describes none; type, context and message are those of the
        condition's own refusal.
    """
    if isinstance(value, Always | Atom | AllOf | AnyOf | Not):
        return value
    try:
        return from_tree(value)
    except InvalidCondition as error:
        code, params = error.reason.code, dict(error.reason.params)
        raise PydanticCustomError(code, str(error), params) from error


ConditionField = Annotated[
    Condition,
    PlainValidator(_read),
    PlainSerializer(to_text, return_type=str),
    WithJsonSchema({"title": "Condition", "type": ["string", "boolean", "object"]}),
]
