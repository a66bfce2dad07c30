"""Durations in conditions: within last 7d, within next 2wd, older than 4wh."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

from evenhand.engine.conditions.bindings import Bindings, reader_of
from evenhand.engine.conditions.nodes import Atom
from evenhand.engine.conditions.operands import Duration, Unit
from evenhand.engine.conditions.operators import Operator
from evenhand.engine.conditions.values import instant

# Calendars end somewhere. No working span is longer than 10,000 hours, so that nothing hinges on
# what lies further away than this.
_REACH = timedelta(days=40 * 365)
_NOW = timedelta(0)
_CALENDAR_DAYS = frozenset({Unit.DAYS, Unit.WEEKS})


def span_test(atom: Atom) -> Callable[[Bindings], bool]:
    """The test of an atom with a duration.

    The boundary belongs to the span: exactly 7 days ago is within the last 7 days, and older than
    7 days only after that. What lies in the future is neither within the last nor older.
    """
    assert isinstance(atom.operand, Duration)  # the atom's constructor saw to it
    read, span, operator = reader_of(atom.field), atom.operand, atom.operator

    def test(bindings: Bindings) -> bool:
        value = read(bindings)
        distance = _distance(value, span, bindings) if isinstance(value, date) else None
        if distance is None:
            return False
        ago, length = distance
        is_inside = length <= span.length(bindings.working_day)
        if operator is Operator.WITHIN_NEXT:
            return is_inside and ago <= _NOW
        if operator is Operator.WITHIN_LAST:
            return is_inside and ago >= _NOW
        return not is_inside and ago > _NOW

    return test


def _distance(
    value: date, span: Duration, bindings: Bindings
) -> tuple[timedelta, timedelta] | None:
    """How long ago a moment was, negative if ahead, and the same in the time that counts, unsigned.

    None where that cannot be said: working time without a calendar, hours to a mere date.
    """
    if not isinstance(value, datetime):
        if span.unit not in _CALENDAR_DAYS:
            return None
        days = bindings.now.date() - value
        return days, abs(days)
    now = instant(bindings.now, bindings.now)
    ago = now - instant(value, bindings.now)
    if not span.is_working:
        return ago, abs(ago)
    if bindings.clock is None:
        return None
    away = min(abs(ago), _REACH)
    start, end = (now, now + away) if ago < _NOW else (now - away, now)
    return ago, bindings.clock.elapsed(start, end)
