"""Figures as people read them: shares in per cent, points, durations, names, with intervals."""

from collections.abc import Sequence

from evenhand.engine.checkup.estimates import Estimate
from evenhand.engine.checkup.findings import Duration, Figure, Names, Percent, Times
from evenhand.engine.checkup.received import OTHER_SOURCES
from evenhand.engine.facts import POINT
from evenhand.engine.reasons import Reason
from evenhand.sheets.plain import plain
from evenhand.wording.catalogue import Argument, UnknownMessage, Words, message_id
from evenhand.wording.reasons import say

_MINUTE, _HOUR, _DAY = 60, 3600, 86400
_NAMES_SHOWN = 4


class Figures:
    """Formatting in one language; `words` also gives the page its sentences."""

    def __init__(self, words: Words, *, is_to_the_day: bool = False) -> None:
        self.words = words
        self.is_to_the_day = is_to_the_day

    def text(self, name: str, /, **params: Argument) -> str:
        """The check-up's sentence of this name."""
        return self.words.text(message_id(f"checkup-{name}"), **params)

    def range(self, value: str, low: str, high: str) -> str:
        """A figure with its interval in brackets."""
        return self.text("range", value=value, low=low, high=high)

    def percent(self, share: float) -> str:
        """A share in per cent with one digit; tiny ones are not called zero."""
        return "<0.1%" if 0 < share < 0.0005 else f"{share:.1%}"

    def share(self, estimate: Estimate) -> str:
        """A share with its interval in per cent."""
        low, high = f"{100 * estimate.low:.1f}", f"{100 * estimate.high:.1f}%"
        return self.range(self.percent(estimate.value), low, high)

    def ratio(self, estimate: Estimate) -> str:
        """A ratio with its interval."""
        return self.range(f"{estimate.value:.2f}", f"{estimate.low:.2f}", f"{estimate.high:.2f}")

    def rank(self, estimate: Estimate) -> str:
        """A mean percentile with its interval, 50 being average."""
        return self.range(
            f"{100 * estimate.value:.0f}", f"{100 * estimate.low:.0f}", f"{100 * estimate.high:.0f}"
        )

    def points(self, micro_points: float) -> str:
        """Micro-points as points: whole ones without a decimal, others with one."""
        points = round(micro_points / POINT, 1)
        return f"{points:,.0f}" if points == int(points) else f"{points:,.1f}"

    def signed(self, value: float, *, digits: int = 0) -> str:
        """A difference with its sign."""
        shown = f"{abs(value):,.{digits}f}"
        if float(shown.replace(",", "")) == 0:
            return shown
        return f"+{shown}" if value > 0 else f"\N{MINUS SIGN}{shown}"

    def change(self, estimate: Estimate) -> str:
        """A difference with its interval, with signs."""
        return self.text(
            "range-signed",
            value=self.signed(estimate.value),
            low=self.signed(estimate.low),
            high=self.signed(estimate.high),
        )

    def duration(self, seconds: float | None) -> str:
        """A length of time in the unit that suits it."""
        if seconds is None:
            return self.text("not-reached")
        if self.is_to_the_day:
            return self.days(seconds / _DAY)
        if seconds < 90 * _MINUTE:
            return self.text("minutes", number=f"{seconds / _MINUTE:.0f}")
        if seconds < 48 * _HOUR:
            return self.text("hours", number=_short(seconds / _HOUR))
        return self.days(seconds / _DAY)

    def days(self, days: float) -> str:
        """A number of days."""
        number = _short(days)
        return self.text("days", number=number, unit="one" if number == "1" else "other")

    def wait(self, duration: Duration) -> str:
        """A length of time with its interval."""
        if duration.seconds is None:
            return self.duration(None)
        if duration.high is None:
            low = self.duration(duration.low)
            return self.text("range-open", value=self.duration(duration.seconds), low=low)
        return self.range(
            self.duration(duration.seconds),
            self.duration(duration.low),
            self.duration(duration.high),
        )

    def names(self, reps: Sequence[str]) -> str:
        """A few names, and how many more there are."""
        shown = self.text("names-separator").join(reps[:_NAMES_SHOWN])
        if len(reps) <= _NAMES_SHOWN:
            return shown
        more = len(reps) - _NAMES_SHOWN
        return self.text("names-more", names=shown, count=len(reps), more=more)

    def grade(self, grade: str) -> str:
        """A grade as shown; leads without one have a name too."""
        return grade or self.text("ungraded")

    def source(self, source: str) -> str:
        """A source as shown."""
        if source == OTHER_SOURCES:
            return self.text("other-sources")
        return source or self.text("unknown-source")

    def reason(self, reason: Reason) -> str:
        """What a reader found, in this language; in English where a word is still missing."""
        try:
            return say(self.words, reason)
        except UnknownMessage:
            return plain(reason)

    def figure(self, figure: Figure) -> Argument:
        """Any figure of a finding."""
        match figure:
            case Percent(estimate):
                return self.share(estimate)
            case Times(estimate):
                return self.rank(estimate)
            case Duration():
                return self.wait(figure)
            case Names(reps):
                return self.names(reps)
            case _:
                return figure


def _short(number: float) -> str:
    return f"{number:.1f}".removesuffix(".0") if number < 10 else f"{number:,.0f}"
