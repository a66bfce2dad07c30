"""The divisions by code and by every name they are or were called by."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from evenhand.engine.region_names import stem
from evenhand.sheets.regions.characters import plain
from evenhand.sheets.regions.divisions import (
    Change,
    Division,
    DivisionList,
    Fate,
    Level,
    level_of,
    parent_code,
)
from evenhand.sheets.regions.names import short_forms


@dataclass(frozen=True, slots=True)
class Option:
    """A division that a name may mean, and the changes by which an old name came to mean it."""

    code: str
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True)
class Name:
    """What a name may mean; `is_full` if it has its rank, as 杭州市 has and 杭州 has not."""

    options: tuple[Option, ...]
    is_full: bool


class Atlas:
    """An index over a list of divisions; it never changes."""

    def __init__(self, listed: DivisionList) -> None:
        names = listed.names
        self.divisions: Mapping[str, Division] = {
            code: Division(code, name, level_of(code), parent_code(code, names))
            for code, name in names.items()
        }
        # From the province to the division itself.
        self.lineages = {code: tuple(reversed([*self._upward(code)])) for code in names}
        self._paths = {
            code: "/".join(names[step] for step in lineage)
            for code, lineage in self.lineages.items()
        }
        self._with_parts = {division.parent for division in self.divisions.values()}
        self.english = listed.english
        self.former_parents = self._former_parents(listed.changes)
        self.names = self._names(listed)
        starts: dict[str, list[str]] = defaultdict(list)
        for name in self.names:
            starts[name[:2]].append(name)
        self._starts = {start: sorted(found, key=len)[::-1] for start, found in starts.items()}

    def path(self, code: str) -> str:
        """The division as rules read it: 浙江省/杭州市/余杭区."""
        return self._paths[code]

    def level(self, code: str) -> Level:
        """The level of a division."""
        return self.divisions[code].level

    def has_parts(self, code: str) -> bool:
        """Whether divisions within it are known: 东莞市 has none."""
        return code in self._with_parts

    def longest_at(self, text: str, position: int) -> str:
        """The longest name that the text has at a position, or ""."""
        for name in self._starts.get(text[position : position + 2], ()):
            if text.startswith(name, position):
                return name
        return ""

    def combine(self, some: Iterable[Option], others: Iterable[Option]) -> tuple[Option, ...]:
        """What both can mean: of each pair that lies one in the other, the smaller."""
        found: dict[str, Option] = {}
        others = tuple(others)
        for one in some:
            for other in others:
                both = self._smaller(one, other) or self._smaller(other, one)
                if both is not None:
                    known = found.get(both.code)
                    if known is None or len(both.changes) < len(known.changes):
                        found[both.code] = both
        return tuple(found.values())

    def shared(self, codes: Iterable[str]) -> str:
        """The smallest division that contains all, or ""."""
        steps = ""
        for step in zip(*(self.lineages[code] for code in codes), strict=False):
            if len(set(step)) > 1:
                break
            steps = step[0]
        return steps

    def _smaller(self, outer: Option, inner: Option) -> Option | None:
        if outer.code in self.lineages[inner.code]:
            return Option(inner.code, _joined(outer.changes, inner.changes))
        for parent, change in self.former_parents.get(inner.code, ()):
            if parent in self.lineages[outer.code]:
                return Option(inner.code, _joined(outer.changes, (*inner.changes, change)))
        return None

    def _upward(self, code: str) -> Iterable[str]:
        while code:
            yield code
            code = self.divisions[code].parent

    def _former_parents(self, changes: Iterable[Change]) -> dict[str, list[tuple[str, Change]]]:
        """Cities in which a division of today lay once, and does no more."""
        cities = {d.name: d.code for d in self.divisions.values() if d.level is Level.CITY}
        found: dict[str, list[tuple[str, Change]]] = defaultdict(list)
        for change in changes:
            parent = cities.get(change.parent, "")
            for code in change.became:
                if parent and parent not in self.lineages[code]:
                    found[code].append((parent, change))
        return found

    def _names(self, listed: DivisionList) -> dict[str, Name]:
        full: dict[str, dict[str, Option]] = defaultdict(dict)
        short: dict[str, dict[str, Option]] = defaultdict(dict)
        for code, name in listed.names.items():
            full[plain(name)][code] = Option(code)
            for form in short_forms(plain(name)):
                short[form][code] = Option(code)
        for spelling, codes in listed.spellings.items():
            for code in codes:
                short[plain(spelling)][code] = Option(code)
        for change in listed.changes:
            if change.fate is Fate.MOVED:
                continue
            old = plain(change.old)
            for code in change.became:
                # Where the name goes on meaning the same place, the change explains nothing.
                full[old].setdefault(code, Option(code, (change,)))
                if (bare := stem(old)) != old and bare not in listed.spellings:
                    short[bare].setdefault(code, Option(code, (change,)))
        return {
            name: Name(
                options=tuple({**short.get(name, {}), **full.get(name, {})}.values()),
                is_full=name in full,
            )
            for name in {*full, *short}
        }


def _joined(some: tuple[Change, ...], more: tuple[Change, ...]) -> tuple[Change, ...]:
    return tuple(dict.fromkeys((*some, *more))) if some or more else ()
