"""What the address of a fairness page asks for: a period, a group, a grade."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.utils import timezone

from evenhand.fairness.periods import SPANS, Period, period_of
from evenhand.people.clocks import company_day
from evenhand.web.asked import number_of
from evenhand.web.days import day_of
from evenhand.wording.catalogue import Words

DEFAULT_SPAN = "30"


@dataclass(frozen=True, slots=True)
class Wanted:
    """A group over a period; `line` and `rep` are ids or None."""

    period: Period
    span: str
    line: int | None
    grade: str
    rep: int | None

    @property
    def link(self) -> str:
        """The same period and grade, for the address of another page."""
        asked = {"grade": self.grade} | self._times
        return urlencode({name: value for name, value in asked.items() if value})

    @property
    def period_link(self) -> str:
        """The period alone."""
        return urlencode(self._times)

    @property
    def days_link(self) -> str:
        """The period as days, for pages that know no other."""
        return urlencode({"from": self.period.first, "to": self.period.last})

    @property
    def _times(self) -> dict[str, str]:
        times = {"span": self.span}
        if self.span == "own":
            times |= {"from": str(self.period.first), "to": str(self.period.last)}
        return times


def asked(query: Mapping[str, str]) -> Wanted:
    """What stands in the address; what makes no sense is as if it were not there."""
    today = company_day(timezone.now())
    first, last = day_of(query.get("from")), day_of(query.get("to"))
    span = query.get("span", "")
    # Days that somebody typed count, unless he chose another period in the same form.
    if (first or last) and span in ("", query.get("was", span)):
        span = "own"
    if span not in SPANS or (span == "own" and not (first or last)):
        span = DEFAULT_SPAN
    return Wanted(
        period_of(span, today, first=first, last=last),
        span,
        number_of(query.get("line")),
        query.get("grade", "")[:40].strip(),
        number_of(query.get("rep")),
    )


def spans(words: Words) -> list[tuple[str, str]]:
    """Periods to choose from, in words."""
    return [(span, words.text(f"web-fairness-span-{span}")) for span in SPANS]
