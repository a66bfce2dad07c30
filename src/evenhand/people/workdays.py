"""Official days of a country, a company's own days file, and the calendar made of both.

Holidays and make-up workdays (调休) come from the `holidays` package. It has no make-up days of a
year that is not announced yet, and does not say so; such a year is marked provisional here.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import lru_cache
from itertools import takewhile

import holidays
from holidays import HolidayBase

from evenhand.engine.calendar.hours import WeekHours
from evenhand.engine.calendar.worktime import Calendar, Day, DayKind
from evenhand.engine.reasons import reason
from evenhand.people.dayfile import DayFile

# Countries that exchanged workdays for weekends once and do so no more: the last year with a
# make-up workday. Taiwan struck it from its rules on 13 June 2025, from 2026 on.
_LAST_MAKE_UP_YEARS: Mapping[str, int] = {"BG": 2016, "TW": 2025}

# The State Council's notice says "1 to 8 October, 8 days": the weekend within and beside is holiday
# too, which matters to companies that work on Saturdays. In these years the notice said of breaks
# for which no workday was exchanged "joined by the weekend" (与周末连休), which stays a weekend.
_BREAKS_WITH_WEEKENDS = frozenset({"CN"})
_WEEKENDS_APART = frozenset({*range(2014, 2020), 2024})

# What people in Hong Kong call public holidays are the general holidays (Cap. 149) on which offices
# close; the package files those beyond the statutory ones, such as Good Friday, as optional.
_MORE_CATEGORIES: Mapping[str, tuple[str, ...]] = {"HK": ("optional",)}

# The package knows no make-up workdays before 2001.
_FIRST_YEAR_KNOWN = 2001
_ONE_DAY = timedelta(days=1)
_BREAK_DAYS_MAX = 31


class UnknownCountry(Exception):
    """There are no official days for this country or part of it; `reason` names it."""

    def __init__(self, country: str, subdivision: str = "", choices: Iterable[str] = ()) -> None:
        known = tuple(choices)
        if subdivision:
            remedy = f"it has {', '.join(known)}" if known else f"use {country} alone"
            super().__init__(f"{country} has no part {subdivision!r}; {remedy}")
            self.reason = reason(
                "calendar.subdivision_unknown",
                country=country,
                subdivision=subdivision,
                choices=known,
            )
        else:
            super().__init__(f"{country!r} is not a country code; use one such as CN, TW or DE-BY")
            self.reason = reason("calendar.country_unknown", country=country)


@dataclass(frozen=True, slots=True)
class OfficialDays:
    """Days that differ from their weekday, and how far that is known.

    `provisional_years` lack their make-up days so far; `covered_years` were asked for.
    """

    days: Mapping[date, Day]
    provisional_years: frozenset[int]
    covered_years: frozenset[int]


def public_days(country: str, years: Iterable[int], language: str | None = None) -> OfficialDays:
    """The holidays and make-up workdays of a country, by its code: CN, TW, HK, JP, US, DE-BY.

    Names are in the country's own language unless the package has the one asked for (zh_CN,
    en_US, …). Ask for one year more than is needed: the last days of December may depend on it.

    :raises UnknownCountry: no such country, or it has no such part.
    """
    asked = frozenset(years)
    code, subdivision = _country(country)
    # New Year's breaks cross the year, so the neighbouring years are read as well.
    source = _source(code, subdivision, frozenset(year + k for year in asked for k in (-1, 0, 1)))
    if language in (source.supported_languages or ()):
        source = _source(code, subdivision, frozenset(source.years), language)
    found = _Breaks(source).days(with_weekends=code in _BREAKS_WITH_WEEKENDS)
    known = frozenset(year for year in asked if source.start_year <= year <= source.end_year)
    last = _last_make_up_year(code, max(asked, default=_FIRST_YEAR_KNOWN) + 1)
    return OfficialDays(
        days={day: special for day, special in sorted(found) if day.year in known},
        provisional_years=frozenset(y for y in known if last is not None and y > last),
        covered_years=known,
    )


def company_calendar(
    *,
    zone: str,
    hours: WeekHours | None = None,
    country: str = "",
    years: Iterable[int] = (),
    own_days: DayFile | None = None,
    language: str | None = None,
) -> Calendar:
    """A calendar of working hours, official days and the company's own days, which win.

    Without a country there are no official days, hence none that could be missing.

    :raises UnknownCountry: as `public_days`.
    :raises UnknownZone: no such time zone.
    """
    calendar = Calendar(zone=zone, hours=hours)
    if country:
        official = public_days(country, years, language)
        calendar = replace(
            calendar,
            days=official.days,
            provisional_years=official.provisional_years,
            covered_years=official.covered_years,
        )
    return calendar if own_days is None else with_own_days(calendar, own_days)


def with_own_days(calendar: Calendar, own: DayFile) -> Calendar:
    """A calendar in which the days of a file replace what stood there.

    Of a year that the file declares complete nothing else is kept, and it counts as settled.
    """
    kept = {day: was for day, was in calendar.days.items() if day.year not in own.complete_years}
    covered = calendar.covered_years
    return replace(
        calendar,
        days={**kept, **own.days},
        provisional_years=calendar.provisional_years - own.complete_years,
        covered_years=None if covered is None else covered | own.complete_years,
    )


class _Breaks:
    """One country's days, grouped into breaks: runs of days off with their festivals."""

    def __init__(self, source: HolidayBase) -> None:
        self._source = source
        # Make-up workday → the day off that it was exchanged for, read from that day's name.
        self._exchanged = {made_up: off for off, made_up in _substitutions(source)}
        self._substitutes = set(self._exchanged.values())
        self._named = set(source) - self._substitutes
        self._observed = _label_pattern(source, "observed_label")

    def days(self, *, with_weekends: bool) -> Iterator[tuple[date, Day]]:
        for off in self._source:
            yield off, Day(DayKind.HOLIDAY, self._name(off))
        if with_weekends:
            for day in {near for off in self._source for near in self._weekend_around(off)}:
                if self._festival(day).year not in _WEEKENDS_APART or self._is_exchanged(day):
                    yield day, Day(DayKind.HOLIDAY, self._name(day))
        for made_up in self._source.weekend_workdays:
            off_for = self._exchanged.get(made_up)
            if off_for is None:
                yield made_up, Day(DayKind.WORKDAY)
            else:
                weekday = off_for.isoweekday()
                yield made_up, Day(DayKind.WORKDAY, self._name(off_for), stands_for=weekday)

    def _name(self, day: date) -> str:
        """The name of a day off: its own, or that of the festival whose break it belongs to."""
        if day in self._named:
            return str(self._source[day])
        name = str(self._source.get(self._festival(day), ""))
        found = self._observed.fullmatch(name) if self._observed else None
        return found[1] if found else name

    def _festival(self, day: date) -> date:
        """The festival nearest to a day off in the same break, or the day itself."""
        festivals = [near for near in self._break(day) if near in self._named]
        return min(festivals, key=lambda festival: (abs(festival - day), festival), default=day)

    def _is_exchanged(self, day: date) -> bool:
        """Whether workdays were exchanged for the break around a day off."""
        return not self._substitutes.isdisjoint(self._break(day))

    def _break(self, day: date) -> list[date]:
        """All days off in a row around a day off."""
        before = takewhile(self._is_off, (day - _ONE_DAY * k for k in range(1, _BREAK_DAYS_MAX)))
        after = takewhile(self._is_off, (day + _ONE_DAY * k for k in range(1, _BREAK_DAYS_MAX)))
        return [day, *before, *after]

    def _weekend_around(self, off: date) -> Iterator[date]:
        return (day for day in self._break(off) if day not in self._source)

    def _is_off(self, day: date) -> bool:
        return not self._source.is_working_day(day)


def _substitutions(source: HolidayBase) -> Iterator[tuple[date, date]]:
    """Pairs of day off and make-up workday; the package keeps them only in the day's name."""
    pattern = _label_pattern(source, "substituted_label")
    if pattern is None:
        return
    date_format = source.tr(source.substituted_date_format)
    for off in source:
        for name in source.get_list(off):
            found = pattern.fullmatch(name)
            if found is not None:
                yield off, datetime.strptime(found[1], date_format).date()


def _label_pattern(source: HolidayBase, label: str) -> re.Pattern[str] | None:
    """What a label of the package, such as "%s (observed)", looks like in the source's language."""
    text = getattr(source, label, None)
    return re.compile(re.escape(source.tr(text)).replace("%s", "(.+?)")) if text else None


def _country(country: str) -> tuple[str, str | None]:
    code, _, subdivision = country.strip().partition("-")
    code = code.upper()
    supported = holidays.list_supported_countries()
    if code not in supported:
        raise UnknownCountry(country.strip())
    if subdivision and subdivision not in supported[code]:
        subdivision = subdivision.upper()
        if subdivision not in supported[code]:
            raise UnknownCountry(code, subdivision, supported[code])
    return code, subdivision or None


def _source(
    code: str, subdivision: str | None, years: frozenset[int], language: str | None = None
) -> HolidayBase:
    # Left to itself the package takes the language of the machine it runs on.
    language = language or holidays.country_holidays(code).default_language
    return holidays.country_holidays(
        code,
        subdiv=subdivision,
        years=sorted(years),
        language=language,
        expand=False,
        categories=("public", *_MORE_CATEGORIES.get(code, ())),
    )


@lru_cache(maxsize=64)
def _last_make_up_year(code: str, until_year: int) -> int | None:
    """The last year with announced make-up workdays; None where there is no such custom now."""
    source = _source(code, None, frozenset(range(_FIRST_YEAR_KNOWN, until_year + 1)))
    if not source.weekend_workdays or code in _LAST_MAKE_UP_YEARS:
        return None
    return max(day.year for day in source.weekend_workdays)
