"""Values worth trying: on, just beside, inside and outside of what conditions mention.

The policy lint builds example leads from them. What no witness shows may still exist: the lint
says "none found", never "none".
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import product
from typing import TypeVar

from evenhand.engine.conditions.nodes import Condition, atoms_of
from evenhand.engine.conditions.operands import Constant, Duration
from evenhand.engine.conditions.values import fold
from evenhand.engine.facts import BUILT_IN_FIELDS, FieldSchema, FieldType, Regions, Value

_SECOND, _DAY = timedelta(seconds=1), timedelta(days=1)
_WORKING_DAY = timedelta(hours=8)
# Working spans cannot be inverted without a calendar: nights and weekends lie between.
_STRETCHES = (1, 3, 10)

_SEVERAL = frozenset({FieldType.LIST, FieldType.REGIONS})
_REGIONAL = frozenset({FieldType.REGION, FieldType.REGIONS})
_TEXTUAL = _SEVERAL | {FieldType.TEXT, FieldType.REGION}

_Moment = TypeVar("_Moment", date, datetime)


def constants(*conditions: Condition) -> Mapping[str, tuple[Constant, ...]]:
    """The constants that the conditions mention beside each field they read, without repeats."""
    found: dict[str, dict[tuple[type, Constant], None]] = {}
    for condition in conditions:
        for atom in atoms_of(condition):
            for ref in atom.fields:
                found.setdefault(ref.path, {})
            named = found[atom.field.path]
            # 1, true and 1.0 are one key to Python.
            named.update(((type(constant), constant), None) for constant in atom.constants)
    return {path: tuple(constant for _, constant in named) for path, named in found.items()}


def witnesses(
    *conditions: Condition,
    now: datetime,
    schema: FieldSchema = BUILT_IN_FIELDS,
    regions: Regions | None = None,
) -> Mapping[str, tuple[Value, ...]]:
    """Values worth trying for each field that the conditions read; None (missing) comes last.

    All conditions at once, because a value outside of one may be inside of another. Fields of
    `now` cannot be tried one by one: see `moments`.
    """
    found: dict[str, tuple[Value, ...]] = {}
    for path, named in constants(*conditions).items():
        if path.startswith("now."):
            continue
        spec = schema.get(path)
        type_ = None if spec is None else spec.type
        values = list(_values(named, type_, now, regions or Regions()))
        if spec is not None and type_ is not None:
            values.extend(_listed(choice, type_) for choice in spec.choices)
        found[path] = (*_distinct(values), None)
    return found


def moments(*conditions: Condition, now: datetime) -> tuple[datetime, ...]:
    """Instants worth trying as `now`: `now` first, then those that its fields are compared to.

    Every weekday is tried if one is mentioned; working time is looked for by day and by night.
    """
    read = constants(*conditions)
    days = {now.date(): None}
    for constant in read.get("now.date", ()) + read.get("now.at", ()):
        if isinstance(constant, date):
            day = constant.date() if isinstance(constant, datetime) else constant
            days |= dict.fromkeys(_shifted(day, -_DAY, _DAY))
    if "now.weekday" in read or "now.is_working_time" in read:
        days |= dict.fromkeys(_shifted(now.date(), *(_DAY * ahead for ahead in range(1, 7))))
    clocks = {now.time(): None}
    for constant in read.get("now.time", ()) + read.get("now.at", ()):
        clock = constant.time() if isinstance(constant, datetime) else constant
        clocks |= dict.fromkeys(_around_clock(clock) if isinstance(clock, time) else ())
    if "now.is_working_time" in read:
        clocks |= {time(3): None, time(10): None, time(15): None}
    tried = (datetime.combine(day, clock, now.tzinfo) for day, clock in product(days, clocks))
    return (now, *(at for at in dict.fromkeys(tried) if at != now))


def _values(
    named: tuple[Constant, ...], type_: FieldType | None, now: datetime, regions: Regions
) -> Iterator[Value]:
    texts = [constant for constant in named if isinstance(constant, str)]
    if type_ is FieldType.BOOLEAN:
        yield from (True, False)
    elif texts or type_ in _TEXTUAL:
        singles = _regions(texts, regions) if type_ in _REGIONAL else (*texts, _outsider(texts))
        yield from (_listed(text, type_) for text in singles)
        if type_ in _SEVERAL:
            yield tuple(texts) or None
    for constant in named:
        yield from _beside(constant, type_, now)


def _listed(text: str, type_: FieldType | None) -> Value:
    return (text,) if type_ in _SEVERAL else text


def _beside(constant: Constant, type_: FieldType | None, now: datetime) -> Iterable[Value]:
    match constant:
        case bool():
            return (True, False)
        case int():
            return (constant - 1, constant, constant + 1)
        case Decimal():
            unit = Decimal(1).scaleb(int(constant.as_tuple().exponent))
            return (constant - unit, constant, constant + unit)
        case Duration():
            return _around_span(constant, type_, now)
        case datetime():
            aware = constant if constant.tzinfo else constant.replace(tzinfo=now.tzinfo)
            step = _DAY if type_ is FieldType.DATE else _SECOND
            return _in_days(_shifted(aware, -step, step), type_)
        case date() if type_ is FieldType.DATE:
            return _shifted(constant, -_DAY, _DAY)
        case date():
            return _shifted(datetime.combine(constant, time(12), now.tzinfo), -_DAY, _DAY)
        case time():
            return _around_clock(constant)
        case _:
            return ()


def _around_span(span: Duration, type_: FieldType | None, now: datetime) -> tuple[date, ...]:
    length = span.length(_WORKING_DAY)
    lengths = [length * stretch for stretch in _STRETCHES] if span.is_working else [length]
    step = _DAY if type_ is FieldType.DATE else _SECOND
    ends = [end for each in lengths for end in (-each, each)]
    shifts = [end + nudge for end in (*ends, timedelta(0)) for nudge in (-step, timedelta(0), step)]
    return _in_days(_shifted(now, *shifts), type_)


def _shifted(at: _Moment, *shifts: timedelta) -> list[_Moment]:
    """The moment and those beside it; Python's calendar ends on both sides."""
    found = [at]
    for shift in shifts:
        with suppress(OverflowError):
            found.append(at + shift)
    return found


def _around_clock(at: time) -> tuple[time, ...]:
    anchor = datetime.combine(date(2000, 1, 1), at)
    return tuple((anchor + timedelta(minutes=shift)).time() for shift in (-1, 0, 1))


def _in_days(instants: Iterable[datetime], type_: FieldType | None) -> tuple[date, ...]:
    if type_ is not FieldType.DATE:
        return tuple(instants)
    return tuple(at.date() for at in instants)


def _regions(texts: list[str], regions: Regions) -> Iterator[str]:
    """The regions named, one inside and one around each, and one that is elsewhere."""
    around: set[str] = set()
    for text in texts:
        yield text
        lineage = regions.lineage(text)
        around.update(lineage)
        yield from lineage[1:2]
        inside = (name for name in sorted(regions.parents) if regions.parents[name] in lineage[:1])
        yield from (name for name in inside if name != text)
    known = sorted({*regions.parents, *regions.parents.values()})
    elsewhere = (name for name in known if around.isdisjoint(regions.lineage(name)))
    yield next(elsewhere, _outsider(texts))


def _outsider(texts: list[str]) -> str:
    """A text that is none of these, and contains none of them."""
    folded = [fold(text) for text in texts]
    rare = (chr(code) for code in range(0x2460, 0x3000))
    for candidate in ("other", "别的", *rare):
        if not any(text in fold(candidate) for text in folded if text):
            return candidate
    return ""


def _distinct(values: Iterable[Value]) -> Iterator[Value]:
    """The values without repeats and without None; 1, true and 1.0 are one key to Python."""
    yield from (
        value
        for _, value in dict.fromkeys((type(value), value) for value in values)
        if value is not None
    )
