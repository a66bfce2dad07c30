"""What stands beside an operator: a field, or a constant of one exact type.

Constants are text, exact numbers, booleans, dates, instants, times of day and durations. They
are settled on the way in (1.0 and 1 are one number), so that one meaning has one print.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType

from evenhand.engine.conditions.english import sentence
from evenhand.engine.conditions.suggest import clipped, nearest
from evenhand.engine.reasons import Reason, reason

TEXT_LENGTH_MAX = 20_000
NAME_LENGTH_MAX = 100
NUMBER_LIMIT = 10**15
DECIMALS_MAX = 9

# The item being dealt is `lead`, whatever its kind: routing treats all kinds alike.
ROOTS: Mapping[str, str] = MappingProxyType(
    {
        "lead": "lead",
        "company": "company",
        "rep": "rep",
        "now": "now",
        "item": "lead",
        "task": "lead",
        "account": "lead",
        "opportunity": "lead",
        "outlet": "lead",
    }
)

# Unusable anywhere: PostgreSQL cannot store the first in JSON, UTF-8 cannot hold the others.
_UNUSABLE = re.compile("[\x00\ud800-\udfff]")
# Invisible characters and those that turn the direction of writing: printed as escapes, so that
# what a person reads is what is compared. A fixed list, because str.isprintable changes with the
# version of Python and the print is a key.
_HIDDEN = re.compile("[\x00-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]")
_ESCAPED = re.compile(f'["\\\\]|{_HIDDEN.pattern}')
_SHORT_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_BARE_NAME = re.compile(r"\w+(?:\.\w+)*")

_DATE = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
_TIME = r"[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?"
_OFFSET = r"Z|[+-][0-9]{2}:[0-9]{2}"
_OFFSET = r"[Zz]|[+-][0-9]{2}:[0-9]{2}"
INSTANT_PATTERN = rf"{_DATE}[Tt ]{_TIME}(?:{_OFFSET})?"
_NUMBER_FORM = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
_DATE_FORM = re.compile(_DATE)
_TIME_FORM = re.compile(_TIME)
_SPAN_FORM = re.compile(r"([0-9]+)(wm|wh|wd|m|h|d|w)", re.ASCII | re.IGNORECASE)
_TEMPORAL_FORMS = (_DATE_FORM, _TIME_FORM, re.compile(INSTANT_PATTERN), _SPAN_FORM)


class InvalidCondition(Exception):
    """The condition cannot be used; `reason` says why, `where` the place in its tree form."""

    def __init__(self, reason: Reason, where: str = "") -> None:
        super().__init__(f"{where}: {sentence(reason)}" if where else sentence(reason))
        self.reason = reason
        self.where = where


class Unit(StrEnum):
    """Units of a duration; those with `w` before another letter count working time only."""

    MINUTES = "m"
    HOURS = "h"
    DAYS = "d"
    WEEKS = "w"
    WORKING_MINUTES = "wm"
    WORKING_HOURS = "wh"
    WORKING_DAYS = "wd"


_LONGEST: Mapping[Unit, int] = MappingProxyType(
    {
        Unit.MINUTES: 52_560_000,
        Unit.HOURS: 876_000,
        Unit.DAYS: 36_500,
        Unit.WEEKS: 5_200,
        Unit.WORKING_MINUTES: 600_000,
        Unit.WORKING_HOURS: 10_000,
        Unit.WORKING_DAYS: 1_250,
    }
)
_LENGTHS: Mapping[Unit, timedelta] = MappingProxyType(
    {
        Unit.MINUTES: timedelta(minutes=1),
        Unit.HOURS: timedelta(hours=1),
        Unit.DAYS: timedelta(days=1),
        Unit.WEEKS: timedelta(weeks=1),
        Unit.WORKING_MINUTES: timedelta(minutes=1),
        Unit.WORKING_HOURS: timedelta(hours=1),
    }
)


@dataclass(frozen=True, slots=True)
class Duration:
    """A span of time such as 7d, 4h or 2wd, kept as it was written.

    At most 100 years, and at most 10,000 working hours.
    """

    amount: int
    unit: Unit

    def __post_init__(self) -> None:
        """:raises InvalidCondition: negative or too long."""
        object.__setattr__(self, "unit", Unit(self.unit))
        limit = _LONGEST[self.unit]
        if not 0 <= self.amount <= limit:
            shown = "-" if self.amount < 0 else f"{clipped_number(self.amount)}{self.unit}"
            raise InvalidCondition(
                reason("condition.span_out_of_range", value=shown, limit=f"{limit}{self.unit}")
            )
        object.__setattr__(self, "amount", int(self.amount))

    @property
    def is_working(self) -> bool:
        """Whether only working time counts."""
        return self.unit.value in {"wm", "wh", "wd"}

    def length(self, working_day: timedelta) -> timedelta:
        """The span as elapsed time, or as working time with days of `working_day`."""
        return _LENGTHS.get(self.unit, working_day) * self.amount

    @property
    def text(self) -> str:
        """The duration as a condition writes it."""
        return f"{self.amount}{self.unit}"


Constant = str | int | Decimal | bool | date | datetime | time | Duration


@dataclass(frozen=True, slots=True)
class FieldRef:
    """A field of the item, its company, the rep or the moment; `task.x` settles to `lead.x`."""

    root: str
    name: str

    def __post_init__(self) -> None:
        """:raises InvalidCondition: unknown root, or a name that cannot be written."""
        root = ROOTS.get(self.root.lower())
        if root is None:
            raise InvalidCondition(
                reason(
                    "condition.unknown_root",
                    root=clipped(self.root),
                    suggestion=nearest(self.root.lower(), ROOTS),
                )
            )
        name = self.name
        if (
            not 0 < len(name) <= NAME_LENGTH_MAX
            or name != name.strip()
            or "`" in name
            or _HIDDEN.search(name)
            or _UNUSABLE.search(name)
        ):
            raise InvalidCondition(reason("condition.name_unusable", name=clipped(name)))
        object.__setattr__(self, "root", root)

    @classmethod
    def of(cls, path: str) -> "FieldRef":
        """The field of a path such as `lead.region`.

        :raises InvalidCondition: unknown root, or a name that cannot be written.
        """
        root, _, name = path.partition(".")
        return cls(root, name)

    @property
    def path(self) -> str:
        """The field as a schema knows it: `root.name`."""
        return f"{self.root}.{self.name}"

    @property
    def text(self) -> str:
        """The field as a condition writes it; a name with other signs stands in backquotes."""
        return self.path if is_bare_name(self.name) else f"{self.root}.`{self.name}`"


def is_bare_name(name: str) -> bool:
    """Whether a field name needs no backquotes."""
    return _BARE_NAME.fullmatch(name) is not None


def settled_constant(value: object) -> Constant:
    """A constant in its one settled form: 1.0 is 1, -0 is 0, an offset is a fixed offset.

    :raises InvalidCondition: a value that no condition can hold.
    """
    match value:
        case bool() | Duration():
            return value
        case str():
            return _settled_text(value)
        case int() | Decimal():
            return _settled_number(value)
        case float():
            raise InvalidCondition(reason("condition.inexact_number", value=repr(value)))
        case datetime():
            return _settled_datetime(value)
        case date():
            return date(value.year, value.month, value.day)
        case time() if value.tzinfo is None and not value.microsecond:
            return value.replace(fold=0)
        case _:
            raise InvalidCondition(reason("condition.unusable_constant", value=clipped(value)))


def _settled_text(text: str) -> str:
    if len(text) > TEXT_LENGTH_MAX:
        raise too_long(len(text))
    if _UNUSABLE.search(text):
        raise InvalidCondition(reason("condition.text_unusable"))
    return str(text)


def too_long(length: int) -> InvalidCondition:
    """The refusal of a text, or of a condition whose text is, above the bound."""
    return InvalidCondition(reason("condition.too_long", length=length, limit=TEXT_LENGTH_MAX))


def _settled_number(number: int | Decimal) -> int | Decimal:
    is_finite = isinstance(number, int) or number.is_finite()
    if not is_finite or not -NUMBER_LIMIT < number < NUMBER_LIMIT:
        raise _out_of_range(clipped_number(number))
    if isinstance(number, int) or not number:
        return int(number)
    if number.adjusted() < -DECIMALS_MAX:
        raise _out_of_range(clipped_number(number))
    # Not Decimal.normalize: that rounds by the context, which is anybody's to change.
    whole, _, fraction = format(number, "f").partition(".")
    fraction = fraction.rstrip("0")
    if len(fraction) > DECIMALS_MAX:
        raise _out_of_range(f"{whole}.{fraction[:20]}…")
    return Decimal(f"{whole}.{fraction}") if fraction else int(whole)


def _out_of_range(shown: str) -> InvalidCondition:
    return InvalidCondition(reason("condition.number_out_of_range", value=shown))


def clipped_number(number: int | Decimal) -> str:
    """A number short enough to be shown; Python refuses to print integers of 5,000 digits."""
    if isinstance(number, int) and number.bit_length() > 200:
        return f"about 2^{number.bit_length()}"
    return clipped(number)


def _settled_datetime(at: datetime) -> datetime:
    offset = at.utcoffset()
    if at.microsecond or (offset is not None and offset % timedelta(minutes=1)):
        raise InvalidCondition(reason("condition.unusable_constant", value=clipped(at.isoformat())))
    # A fixed offset: what a zone's rules say may change with the installed tables.
    return at.replace(tzinfo=None if offset is None else timezone(offset), fold=0)


def constant_text(constant: Constant) -> str:
    """A settled constant as a condition writes it; text always stands in quotes."""
    match constant:
        case bool():
            return "true" if constant else "false"
        case str():
            return f'"{_ESCAPED.sub(_escape, constant)}"'
        case Duration():
            return constant.text
        case int() | Decimal():
            return format(constant, "d" if isinstance(constant, int) else "f")
        case datetime():
            return constant.isoformat(timespec="seconds" if constant.second else "minutes")
        case date():
            return constant.isoformat()
        case _:
            return constant.isoformat(timespec="seconds" if constant.second else "minutes")


def _escape(found: re.Match[str]) -> str:
    sign = found.group()
    return _SHORT_ESCAPES.get(sign) or f"\\u{ord(sign):04x}"


def read_number(text: str) -> int | Decimal | None:
    """The number that a text writes, or None if it writes none.

    :raises InvalidCondition: a number beyond the bounds.
    """
    if _NUMBER_FORM.fullmatch(text) is None:
        return None
    # 100 characters are far beyond the bound, and int() of very long ones takes its time.
    if len(text) > 100:
        raise _out_of_range(clipped(text))
    return _settled_number(Decimal(text))


def is_temporal(text: str) -> bool:
    """Whether a text has the look of a date, a time of day, an instant or a duration."""
    return any(form.fullmatch(text) for form in _TEMPORAL_FORMS)


def read_temporal(text: str) -> date | datetime | time | Duration | None:
    """The date, instant, time of day or duration that a text writes, or None: another look.

    :raises InvalidCondition: it has the look, but there is no such day or time (2026-02-30).
    """
    span = _SPAN_FORM.fullmatch(text)
    if span is not None:
        # 20 digits are beyond every bound, and int() of very long ones takes its time.
        return Duration(int(span[1][:20]), Unit(span[2].lower()))
    if not is_temporal(text):
        return None
    try:
        if _DATE_FORM.fullmatch(text):
            return date.fromisoformat(text)
        if _TIME_FORM.fullmatch(text):
            return _read_clock(text)
        return _read_instant(text)
    except ValueError:
        raise InvalidCondition(reason("condition.bad_literal", value=text)) from None


def _read_clock(text: str) -> time:
    # Not time.fromisoformat: newer Pythons take 24:00 for 00:00.
    hour, minute, second = (*map(int, text.split(":")), 0)[:3]
    return time(hour, minute, second)


def _read_instant(text: str) -> datetime:
    day, clock, offset = text[:10], text[11:], None
    if clock[-1] in "Zz":
        clock, offset = clock[:-1], UTC
    elif clock[-6:-5] in {"+", "-"}:
        ahead = _read_clock(clock[-5:])
        shift = timedelta(hours=ahead.hour, minutes=ahead.minute)
        clock, offset = clock[:-6], timezone(shift if clock[-6] == "+" else -shift)
    return datetime.combine(date.fromisoformat(day), _read_clock(clock), offset)
