"""The meaning of conditions once more, written for clearness only: what the engine is held against.

It looks at one value at a time, prepares nothing and remembers nothing.
"""

import unicodedata
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

from evenhand.engine.conditions import (
    AllOf,
    Always,
    AnyOf,
    Atom,
    Bindings,
    Condition,
    Duration,
    FieldRef,
    Not,
    Operator,
    Range,
)
from evenhand.engine.facts import BUILT_IN_FIELDS, FieldType

_UNITS = {"m": 60, "h": 3600, "d": 86400, "w": 604800, "wm": 60, "wh": 3600, "wd": 8 * 3600}


def holds(condition: Condition, bindings: Bindings) -> bool:
    match condition:
        case Always(answer):
            return answer
        case AllOf(parts):
            return all(holds(part, bindings) for part in parts)
        case AnyOf(parts):
            return any(holds(part, bindings) for part in parts)
        case Not(part):
            return not holds(part, bindings)
        case Atom():
            return _atom(condition, bindings)


def _atom(atom: Atom, bindings: Bindings) -> bool:
    left, now = _value(atom.field, bindings), bindings.now
    if atom.operator is Operator.IS_EMPTY:
        return _is_nothing(left)
    if atom.operator is Operator.IS_NOT_EMPTY:
        return not _is_nothing(left)
    if isinstance(atom.operand, Duration):
        return _span(atom.operator, left, atom.operand, bindings)
    if atom.operator is Operator.BETWEEN:
        assert isinstance(atom.operand, Range)
        low, high = _value(atom.operand.low, bindings), _value(atom.operand.high, bindings)
        after, before = _order(left, low, now), _order(left, high, now)
        if after is None or before is None:
            return False
        if isinstance(low, time) and _order(low, high, now) == 1:
            return after >= 0 or before <= 0
        return after >= 0 and before <= 0
    right = _value(atom.operand, bindings)
    if _is_regional(atom):
        return _regional(atom.operator, _places(left), _places(right), bindings)
    match atom.operator:
        case Operator.EQUAL:
            return _is_equal(left, right, now) is True
        case Operator.NOT_EQUAL:
            return _is_equal(left, right, now) is False
        case Operator.BELOW:
            return _order(left, right, now) == -1
        case Operator.AT_MOST:
            return _order(left, right, now) in {-1, 0}
        case Operator.ABOVE:
            return _order(left, right, now) == 1
        case Operator.AT_LEAST:
            return _order(left, right, now) in {0, 1}
        case Operator.IN:
            return any(_is_equal(left, each, now) for each in _members(right, atom.operand))
        case Operator.NOT_IN:
            found = [_is_equal(left, each, now) for each in _members(right, atom.operand)]
            return False in found and True not in found
        case Operator.STARTS_WITH:
            both = isinstance(left, str) and isinstance(right, str)
            return both and bool(_plain(right)) and _plain(left).startswith(_plain(right))
        case Operator.CONTAINS:
            return _has(left, right, atom.field)
        case _:
            wanted = [each for each in _members(right, atom.operand) if not _is_nothing(each)]
            wanted = [each for each in wanted if isinstance(each, str)]
            found = [_has(left, each, atom.field) for each in wanted]
            return bool(found) and (
                any(found) if atom.operator is Operator.CONTAINS_ANY else all(found)
            )


def _value(operand: object, bindings: Bindings) -> object:
    if not isinstance(operand, FieldRef):
        return operand
    if operand.root == "now":
        now, clock = bindings.now, bindings.clock
        return {
            "at": now,
            "date": now.date(),
            "time": now.time(),
            "weekday": now.isoweekday(),
            "is_working_time": clock.is_working(now) if clock else None,
        }.get(operand.name)
    roots = {"lead": bindings.lead, "company": bindings.company, "rep": bindings.rep or {}}
    return roots[operand.root].get(operand.name)


def _plain(text: str) -> str:
    text = unicodedata.normalize("NFKC", text).casefold()
    return unicodedata.normalize("NFKC", text).strip()


def _is_nothing(value: object) -> bool:
    match value:
        case None:
            return True
        case str():
            return _plain(value) == ""
        case tuple():
            return all(_is_nothing(each) for each in value)
        case Decimal():
            return not value.is_finite()
        case _:
            return False


def _kind(value: object) -> str | None:
    if _is_nothing(value):
        return None
    for kind, types in (("truth", bool), ("number", (int, Decimal)), ("text", str)):
        if isinstance(value, types):
            return kind
    return "moment" if isinstance(value, date) else "clock" if isinstance(value, time) else None


def _is_equal(left: object, right: object, now: datetime) -> bool | None:
    """None where two values have nothing in common."""
    if _kind(left) is None or _kind(left) != _kind(right):
        return None
    match left:
        case str():
            return _plain(left) == _plain(right)
        case bool():
            return left is right
        case _:
            return _order(left, right, now) == 0


def _order(left: object, right: object, now: datetime) -> int | None:
    if _kind(left) not in {"number", "moment", "clock"} or _kind(left) != _kind(right):
        return None
    if _kind(left) == "moment":
        if isinstance(left, datetime) and isinstance(right, datetime):
            left, right = _utc(left, now), _utc(right, now)
        else:
            left, right = _day(left, now), _day(right, now)
    if _kind(left) == "clock":
        left, right = left.replace(tzinfo=None), right.replace(tzinfo=None)
    return (left > right) - (left < right)


def _utc(at: datetime, now: datetime) -> timedelta:
    """As a distance, because a distance cannot leave the calendar."""
    aware = at if at.tzinfo else at.replace(tzinfo=now.tzinfo)
    return aware - datetime(2000, 1, 1, tzinfo=UTC)


def _day(at: date, now: datetime) -> date:
    if not isinstance(at, datetime) or at.tzinfo is None:
        return at.date() if isinstance(at, datetime) else at
    try:
        return at.astimezone(now.tzinfo).date()
    except OverflowError:
        return at.date()


def _members(value: object, operand: object) -> tuple[object, ...]:
    if isinstance(value, tuple):
        return value
    is_list = isinstance(operand, FieldRef) and _type(operand) is FieldType.LIST
    return (value,) if is_list and isinstance(value, str) else ()


def _type(ref: FieldRef) -> FieldType | None:
    spec = BUILT_IN_FIELDS.get(ref.path)
    return spec.type if spec else None


def _has(left: object, wanted: object, ref: FieldRef) -> bool:
    if not isinstance(wanted, str) or not _plain(wanted):
        return False
    if isinstance(left, str) and _type(ref) is not FieldType.LIST:
        return _plain(wanted) in _plain(left)
    members = left if isinstance(left, tuple) else (left,)
    return any(isinstance(each, str) and _plain(each) == _plain(wanted) for each in members)


def _is_regional(atom: Atom) -> bool:
    types = {_type(ref) for ref in atom.fields}
    if atom.operator.value.startswith("contains") or atom.operator.value in {
        "=",
        "!=",
        "in",
        "not in",
    }:
        return bool(types & {FieldType.REGION, FieldType.REGIONS})
    return atom.operator is Operator.IS_WITHIN


def _places(value: object) -> list[str]:
    found = value if isinstance(value, tuple) else (value,)
    return [place for place in found if isinstance(place, str) and place.strip()]


def _regional(operator: Operator, left: list[str], right: list[str], bindings: Bindings) -> bool:
    def same(one: str, other: str) -> bool:
        ours, theirs = bindings.regions.lineage(one), bindings.regions.lineage(other)
        return bool(ours and theirs) and _plain(ours[0]) == _plain(theirs[0])

    def inside(inner: str, outer: str) -> bool:
        around = [_plain(step) for step in bindings.regions.lineage(inner)]
        target = bindings.regions.lineage(outer)
        return bool(target) and _plain(target[0]) in around

    match operator:
        case Operator.EQUAL:
            return len(left) == len(right) == 1 and same(left[0], right[0])
        case Operator.NOT_EQUAL:
            return len(left) == len(right) == 1 and not same(left[0], right[0])
        case Operator.IN:
            return len(left) == 1 and any(same(left[0], each) for each in right)
        case Operator.NOT_IN:
            return len(left) == 1 and right != [] and not any(same(left[0], e) for e in right)
        case Operator.IS_WITHIN:
            return any(inside(one, other) for one in left for other in right)
        case Operator.CONTAINS | Operator.CONTAINS_ANY:
            return any(inside(other, one) for one in left for other in right)
        case _:
            return right != [] and all(any(inside(other, one) for one in left) for other in right)


def _span(operator: Operator, left: object, span: Duration, bindings: Bindings) -> bool:
    if not isinstance(left, date):
        return False
    length = timedelta(seconds=_UNITS[span.unit] * span.amount)
    if not isinstance(left, datetime):
        if span.unit not in {"d", "w"}:
            return False
        ago = bindings.now.date() - left
        counted = abs(ago)
    else:
        ago = _utc(bindings.now, bindings.now) - _utc(left, bindings.now)
        counted = abs(ago)
        if span.is_working:
            if bindings.clock is None:
                return False
            start, end = sorted([bindings.now, bindings.now - min(max(ago, -_FAR), _FAR)])
            counted = bindings.clock.elapsed(start, end)
    match operator:
        case Operator.WITHIN_LAST:
            return timedelta(0) <= ago and counted <= length
        case Operator.WITHIN_NEXT:
            return ago <= timedelta(0) and counted <= length
        case _:
            return ago > timedelta(0) and counted > length


_FAR = timedelta(days=40 * 365)
