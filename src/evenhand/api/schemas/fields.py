"""Types of single fields: strict, so that a number in quotes is a mistake and not a number."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Annotated, Any

from ninja import Schema
from pydantic import (
    AfterValidator,
    AwareDatetime,
    BeforeValidator,
    ConfigDict,
    Field,
    GetCoreSchemaHandler,
    StringConstraints,
)
from pydantic_core import PydanticCustomError, core_schema

LARGEST_ID = 2**63 - 1


def _only_text(value: Any) -> Any:
    if value is not None and not isinstance(value, str):
        raise PydanticCustomError("datetime_type", "a moment is written as text")
    return value


def _in_utc(value: datetime) -> datetime:
    """PostgreSQL knows no offset of sixteen hours and more, and Python does."""
    try:
        return value.astimezone(UTC)
    except OverflowError:
        raise PydanticCustomError("datetime_parsing", "before all years or after") from None


def _only_day(value: Any) -> Any:
    if value is not None and (not isinstance(value, str) or len(value) != len("2026-03-10")):
        raise PydanticCustomError("date_type", "a day is written as 2026-03-10")
    return value


def _text(most: int, least: int = 0) -> StringConstraints:
    return StringConstraints(strict=True, min_length=least, max_length=most, strip_whitespace=True)


Id = Annotated[int, Field(ge=1, le=LARGEST_ID)]
StrictId = Annotated[int, Field(strict=True, ge=1, le=LARGEST_ID)]
Moment = Annotated[AwareDatetime, BeforeValidator(_only_text), AfterValidator(_in_utc)]
Day = Annotated[date, BeforeValidator(_only_day)]
Text3 = Annotated[str, _text(3)]
Text20 = Annotated[str, _text(20)]
Text40 = Annotated[str, _text(40)]
Text60 = Annotated[str, _text(60)]
Text80 = Annotated[str, _text(80)]
Text120 = Annotated[str, _text(120)]
Text200 = Annotated[str, _text(200)]
Text254 = Annotated[str, _text(254)]
Text500 = Annotated[str, _text(500)]
Text2000 = Annotated[str, _text(2000)]
Text4000 = Annotated[str, _text(4000)]
# A filter: the parameters of a list.
Params = Annotated[dict[str, Text200], Field(max_length=20)]
Name200 = Annotated[str, _text(200, least=1)]


@dataclass(frozen=True, slots=True)
class OneOf:
    """One of some texts that stand elsewhere: `Annotated[str, OneOf(…)]`."""

    choices: tuple[str, ...]

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        """As a literal, so that the document lists them."""
        return core_schema.literal_schema(list(self.choices))


class Body(Schema):
    """A body in which every field must be known."""

    model_config = ConfigDict(extra="forbid")


class Listing(Schema):
    """The parameters that all lists have."""

    limit: int = Field(50, ge=1, le=200, description="api-doc-limit")
    cursor: str = Field("", max_length=400, description="api-doc-cursor")


def changed(wanted: Body, *, numbers: tuple[str, ...] = ()) -> dict[str, Any]:
    """The fields that a change names; null empties a text."""
    values = wanted.model_dump(exclude_unset=True)
    return {
        name: "" if value is None and name not in numbers else value
        for name, value in values.items()
    }
