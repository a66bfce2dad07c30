"""A comparison as people read it: sentences first, then figures per rep, limits, rules."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from evenhand.people.names import user_names
from evenhand.review.models import Comparison
from evenhand.web.templatetags.figures import hundredths
from evenhand.wording.catalogue import Words, message_id

_NAMED = 3  # so many people are named among those who gain or lose most
_SHOWN = 50
_DRAWN = 20
_MICRO = 1_000_000


@dataclass(frozen=True, slots=True)
class RepRow:
    """What one rep has by the live rules and would have by the draft; micro-points."""

    id: int
    name: str
    items: tuple[int, int]
    points: tuple[int, int]
    grades: tuple[tuple[str, int, int], ...]
    full: tuple[int, int]  # how often passed over because of a limit

    @property
    def more(self) -> int:
        """How many points more, or fewer where negative."""
        return self.points[1] - self.points[0]


@dataclass(frozen=True, slots=True)
class Pair:
    """Something counted on both sides."""

    name: str
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class Compared:
    """Everything the page says."""

    sentences: tuple[str, ...]
    rows: tuple[RepRow, ...]  # who gains most first
    grades: tuple[str, ...]
    unassigned: tuple[tuple[str, int, int], ...]  # code, before, after
    limits: tuple[Pair, ...]
    rules: tuple[Pair, ...]
    dead: tuple[str, ...]  # rules of the draft that never fire

    @property
    def shown(self) -> tuple[RepRow, ...]:
        """The rows that the page shows unless asked for all: where most changes."""
        if len(self.rows) <= _SHOWN:
            return self.rows
        return (*self.rows[: _SHOWN // 2], *self.rows[-_SHOWN // 2 :])


def compared(row: Comparison, words: Words) -> Compared:
    """What a finished comparison says."""
    result: Mapping[str, Any] = row.result or {}
    live, draft = result["live"], result["draft"]
    rows = _rows(live, draft)
    limits = _limits(live, draft, words)
    return Compared(
        sentences=tuple(_sentences(row, rows, words)),
        rows=rows,
        grades=tuple(sorted({grade for one in rows for grade, _, _ in one.grades})),
        unassigned=tuple(_both(live["unassigned"], draft["unassigned"])),
        limits=limits,
        rules=_rules(live, draft),
        dead=tuple(one for one in draft["all_rules"] if not draft["rules"].get(one)),
    )


def _rows(live: Mapping[str, Any], draft: Mapping[str, Any]) -> tuple[RepRow, ...]:
    ids = sorted({*live["reps"], *draft["reps"]}, key=int)
    names = user_names([int(one) for one in ids])
    full = [_full_by_rep(live), _full_by_rep(draft)]
    rows = []
    for one in ids:
        before, after = live["reps"].get(one, _NOTHING), draft["reps"].get(one, _NOTHING)
        rows.append(
            RepRow(
                id=int(one),
                name=names.get(int(one), one),
                items=(before["items"], after["items"]),
                points=(before["points"], after["points"]),
                grades=tuple(_both(before["grades"], after["grades"])),
                full=(full[0].get(one, 0), full[1].get(one, 0)),
            )
        )
    return tuple(sorted(rows, key=lambda row: (-row.more, row.id)))


_NOTHING: Mapping[str, Any] = {"items": 0, "points": 0, "grades": {}, "owed": 0}


def _full_by_rep(side: Mapping[str, Any]) -> dict[str, int]:
    found: dict[str, int] = {}
    for who, _, count in side["full"]:
        found[who] = found.get(who, 0) + count
    return found


def _both(before: Mapping[str, int], after: Mapping[str, int]) -> list[tuple[str, int, int]]:
    names = sorted({*before, *after})
    return [(name, before.get(name, 0), after.get(name, 0)) for name in names]


def _limits(live: Mapping[str, Any], draft: Mapping[str, Any], words: Words) -> tuple[Pair, ...]:
    sides = []
    for side in (live, draft):
        counts: dict[str, int] = {}
        for _, code, count in side["full"]:
            counts[code] = counts.get(code, 0) + count
        sides.append(counts)
    return tuple(
        Pair(words.text(f"web-compare-limit-{message_id(code)}"), before, after)
        for code, before, after in _both(*sides)
    )


def _rules(live: Mapping[str, Any], draft: Mapping[str, Any]) -> tuple[Pair, ...]:
    """The draft's rules in their order, then those that only the live policy has."""
    names = dict.fromkeys((*draft["all_rules"], *live["all_rules"]))
    return tuple(
        Pair(name, live["rules"].get(name, 0), draft["rules"].get(name, 0)) for name in names
    )


def _sentences(row: Comparison, rows: Sequence[RepRow], words: Words) -> list[str]:
    result: Mapping[str, Any] = row.result or {}
    live, draft = result["live"], result["draft"]
    count = live["items"]
    if not count:
        return [words.text("web-compare-no-leads", days=row.days)]
    moved = result["moved"]
    share = f"{moved / count:.0%}"
    found = [words.text("web-compare-moved", count=count, moved=moved, share=share)]
    totals = [sum(one.points[k] for one in rows) for k in (0, 1)]
    before, after = map(hundredths, totals)
    found.append(words.text("web-compare-total", before=before, after=after))
    found += _gaining(rows, words)
    states = (("unassigned", _unassigned), ("pooled", _pooled), ("waited", _waited))
    for name, counted in states:
        sides = counted(live), counted(draft)
        if any(sides):
            found.append(words.text(f"web-compare-{name}", before=sides[0], after=sides[1]))
    if live["evenness"] is not None and draft["evenness"] is not None:
        index = [f"{side['evenness'] / _MICRO:.3f}" for side in (live, draft)]
        found.append(words.text("web-compare-evenness", before=index[0], after=index[1]))
    return found


def _gaining(rows: Sequence[RepRow], words: Words) -> list[str]:
    found = []
    gaining = [one for one in rows[:_NAMED] if one.more > 0]
    losing = [one for one in reversed(rows[-_NAMED:]) if one.more < 0]
    for message, people in (("web-compare-gain", gaining), ("web-compare-lose", losing)):
        if people:
            named = [
                words.text("web-compare-somebody", name=one.name, points=hundredths(abs(one.more)))
                for one in people
            ]
            found.append(words.text(message, people=words.text("web-compare-and").join(named)))
    return found


def _unassigned(side: Mapping[str, Any]) -> int:
    return sum(side["unassigned"].values())


def _pooled(side: Mapping[str, Any]) -> int:
    return int(side["pooled"])


def _waited(side: Mapping[str, Any]) -> int:
    return int(side["waited"])


def chart_of(found: Compared, words: Words) -> dict[str, Any]:
    """What static/web/bars.js draws: points of those for whom most changes, both sides."""
    most = sorted(found.rows, key=lambda one: (-abs(one.more), one.id))[:_DRAWN]
    rows = sorted(most, key=lambda one: (-one.more, one.id))
    return {
        "names": [one.name for one in rows],
        "bars": [
            {
                "name": words.text(f"web-compare-{side}"),
                "tone": tone,
                "values": [round(one.points[k] / _MICRO, 2) for one in rows],
            }
            for k, (side, tone) in enumerate((("live", "calm"), ("draft", "main")))
        ],
    }
