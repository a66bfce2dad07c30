"""A section's refusal: pydantic's error with our reason code, so that it can be worded anywhere.

`error["type"]` is the code and `error["ctx"]` its parameters; `str(error)` is plain English.
"""

from typing import LiteralString

from pydantic_core import PydanticCustomError

from evenhand.engine.reasons import Param, reason


def refusal(code: LiteralString, message: LiteralString, **params: Param) -> PydanticCustomError:
    """The error to raise inside a validator; `message` names parameters as {name}.

    :raises KeyError, TypeError: the code is not in CODES or takes other parameters.
    """
    reason(code, **params)  # a code without words is our mistake: found at the first test
    return PydanticCustomError(code, message, dict(params))
