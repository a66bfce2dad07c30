"""公海管理: what flows through the pools, how people use them, and the rows behind each figure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from evenhand.fairness.periods import Period
from evenhand.people.clocks import company_zone, whole_days
from evenhand.people.names import user_names
from evenhand.people.scope import Right, may
from evenhand.pool import flow, habits
from evenhand.pool.habits import MOST
from evenhand.pool.overview import kept_overview, overview_of
from evenhand.pool.rows import WHAT, Found, Row, as_found, find, rows
from evenhand.pool.rows import Wanted as WantedRows
from evenhand.web.acting import actor_in, signed_in
from evenhand.web.asked import number_of, words_of
from evenhand.web.fairness.asking import Wanted, asked, spans
from evenhand.web.navigation import leads_somewhere
from evenhand.web.paging import cut
from evenhand.web.policies.spans import length_words
from evenhand.wording.catalogue import Words

_PAGE = 50
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Asked:
    """Which pools over which period, and what the address says of them."""

    wanted: Wanted
    pools: Sequence[flow.Watched]
    choices: Sequence[flow.Watched]
    pool: str
    since: datetime
    until: datetime
    now: datetime

    @property
    def link(self) -> str:
        """The filter, for the address of another page."""
        asked_for = {"line": self.wanted.line, "pool": self.pool}
        narrowed = {key: value for key, value in asked_for.items() if value}
        return "&".join(filter(None, [self.wanted.period_link, urlencode(narrowed)]))


def read(request: HttpRequest) -> Asked:
    """What an address or a form asks for.

    :raises NotAllowed: the actor watches over no pool.
    """
    query = request.POST if request.method == "POST" else request.GET
    wanted, actor = asked(query), actor_in(request)
    pool = query.get("pool", "")[:80]
    period: Period = wanted.period
    since, until = whole_days(period.first, period.last, company_zone())
    choices = flow.watched(actor)
    pools = [
        one for one in choices if wanted.line in (None, one.line_id) and pool in ("", one.name)
    ]
    return Asked(wanted, pools, choices, pool, since, until, timezone.now())


@dataclass(frozen=True, slots=True)
class Count:
    """A count under its key, in words."""

    key: str
    words: str
    count: int


@dataclass(frozen=True, slots=True)
class PoolRow:
    """One pool with its flow; `link` narrows to it."""

    pool: flow.Watched
    flow: flow.Flow
    link: str
    median: str
    ages: Sequence[Count]
    came: Sequence[Count]
    left: Sequence[Count]


@require_safe
@signed_in(Right.SEE_ITEMS)
def show(request: HttpRequest) -> HttpResponse:
    """The pools at a glance, and everybody who used them."""
    found, actor = read(request), actor_in(request)
    overview = overview_of(found.pools, found.since, found.until, found.now)
    words = words_of(request)
    rows = [_row(found, one, overview.flow_of(one.key), words) for one in found.pools]
    people = habits.habits(actor, overview.used)
    context = _context(request, found) | {
        "rows": rows,
        "total": _total([one.flow for one in rows]),
        "overview": overview,
        "revived": overview.revived,
        "page": cut(people, request.GET, size=_PAGE),
        "pairs": habits.pairs(actor, overview.reclaimed)[:20],
        "contacts": overview.contacts,
        "may_export": may(actor, Right.EXPORT),
        "reclaim_days": habits.RECLAIM_DAYS,
        "age_words": [_age_words(words, band) for band in range(len(flow.AGE_DAYS) + 1)],
    }
    return render(request, "web/pools/figures.html", context)


@require_safe
@signed_in(Right.SEE_ITEMS)
def show_rows(request: HttpRequest) -> HttpResponse:
    """The rows behind one figure."""
    found, actor, words = read(request), actor_in(request), words_of(request)
    what = request.GET.get("what", "")
    what = what if what in WHAT else WHAT[0]
    rep = number_of(request.GET.get("rep")) or 0
    seen = habits.names_within(actor, {rep}) if rep else {}
    age = number_of(request.GET.get("age"))
    how = request.GET.get("how", "")[:12]
    wanted = WantedRows(what, rep if rep in seen or not rep else -1, how, age)
    if what == "contacts":
        at, behind = _contacted(found)
    else:
        at, behind = None, find(found.pools, found.since, found.until, found.now, wanted)
    page = cut(behind, request.GET, size=_PAGE)
    page = replace(page, rows=_shown(rows(actor, found.pools, page.rows), words))
    key = what.replace("_", "-")
    side = "left" if what == "left" else "came"
    context = _context(request, found) | {
        "what": what,
        "what_words": words.text(f"web-pools-rows-{key}"),
        "what_help": words.text(f"web-pools-rows-{key}-help"),
        "how_words": way_words(words, side, how) if how else _age_of(words, age),
        "person": user_names([rep]).get(rep, "") if rep in seen else "",
        "page": page,
        "is_cut": len(behind) == MOST,
        "counted_at": at,
        "most": MOST,
    }
    return render(request, "web/pools/rows.html", context)


def _contacted(found: Asked) -> tuple[datetime | None, list[Found]]:
    """Items that several people contacted, and of when that tells (None = of now).

    They come out of all contacts of the period: what the figure was counted from is shown.
    """
    kept = kept_overview(found.pools, found.since, found.until)
    if kept is not None:
        return kept.at, as_found(kept.contacted)
    _, latest = habits.contacted(found.pools, found.since, found.until)
    return None, as_found(latest)


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A row with where it leads and how it came and left, in words."""

    row: Row
    href: str
    came: str
    left: str


def _shown(rows: Sequence[Row], words: Words) -> list[ShownRow]:
    return [
        ShownRow(
            one,
            _href(one),
            way_words(words, "came", one.how),
            way_words(words, "left", one.left_by),
        )
        for one in rows
    ]


_PAGES = {"lead": "/leads", "account": "/accounts", "opportunity": "/opportunities"}


def _href(row: Row) -> str:
    """The page of an item that the reader reaches; "" = none."""
    pooled = f"/pool/{row.kind}/{row.item_id}"
    if row.is_pooled and leads_somewhere(pooled):
        return pooled
    return f"{_PAGES[row.kind]}/{row.item_id}" if row.name and row.kind in _PAGES else ""


def _age_of(words: Words, age: int | None) -> str:
    return "" if age is None or not 0 <= age <= len(flow.AGE_DAYS) else _age_words(words, age)


def _context(request: HttpRequest, found: Asked) -> dict[str, Any]:
    return {
        "asked": found,
        "wanted": found.wanted,
        "spans": spans(words_of(request)),
        "tab": "figures",
        "may_see_timers": may(actor_in(request), Right.SEE_DECISIONS),
        "lines": list(dict.fromkeys((one.line_id, one.line) for one in found.choices)),
        "pool_names": list(dict.fromkeys(one.name for one in found.choices)),
    }


def _row(found: Asked, pool: flow.Watched, its: flow.Flow, words: Words) -> PoolRow:
    age = its.median_age
    return PoolRow(
        pool,
        its,
        _narrowed(found, pool),
        "—" if age is None else length_words(words, _whole(timedelta(seconds=age)), _DAY),
        [Count(str(k), _age_words(words, k), count) for k, count in enumerate(its.ages)],
        _counts(words, "came", its.came),
        _counts(words, "left", its.left),
    )


def _whole(age: timedelta) -> timedelta:
    """To days, or to hours below two days: nobody asks for more."""
    unit = _DAY if age >= 2 * _DAY else timedelta(hours=1)
    return age // unit * unit


def _age_words(words: Words, band: int) -> str:
    return words.text(f"web-pools-age-{band}")


def _counts(words: Words, side: str, counts: Mapping[str, int]) -> list[Count]:
    ordered = sorted(counts.items(), key=lambda one: (-one[1], one[0]))
    return [Count(key, way_words(words, side, key), count) for key, count in ordered]


def way_words(words: Words, side: str, key: str) -> str:
    """How something came or left; what has no word is told as other."""
    message = f"web-pools-{side}-{key}"
    return words.text(message if words.has(message) else f"web-pools-{side}-other") if key else ""


def _narrowed(found: Asked, pool: flow.Watched) -> str:
    query = urlencode({"line": pool.line_id, "pool": pool.name})
    return f"{found.wanted.period_link}&{query}"


def _total(flows: Sequence[flow.Flow]) -> flow.Flow:
    """All pools as one; of their ages the sums alone."""
    total = flow.Flow()
    for one in flows:
        total.paid += one.paid
        total.lies += one.lies
        total.ages = tuple(map(sum, zip(total.ages, one.ages, strict=True)))
        for into, counts in ((total.came, one.came), (total.left, one.left)):
            for key, count in counts.items():
                into[key] = into.get(key, 0) + count
    return total
