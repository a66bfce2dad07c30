"""The ladder as the live rules have it: one order of levels over all business lines."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from evenhand.engine.routing.section import Graduation, Level
from evenhand.engine.workload.graduation import MILLION, GraduationTerms
from evenhand.policies.lines import active_lines
from evenhand.policies.live import live_now

USUAL = Graduation()


@dataclass(frozen=True, slots=True)
class Step:
    """One level: what each business line says of it, by the line's name; the first line counts."""

    level: str
    lines: Mapping[str, Level]

    @property
    def first(self) -> Level:
        """The level as the first line that knows it says."""
        return next(iter(self.lines.values()))

    @property
    def graduation(self) -> Graduation:
        """What it asks of whoever leaves it upwards."""
        return self.first.graduation or USUAL

    @property
    def terms(self) -> GraduationTerms:
        """The same as the engine takes it."""
        asked = self.graduation
        return GraduationTerms(
            expected=asked.expected * MILLION,
            of_mean_percent=asked.of_mean_percent,
            probability_percent=asked.probability_percent,
            days_at_level=asked.days,
        )


@dataclass(frozen=True, slots=True)
class Ladder:
    """All levels, lowest first."""

    steps: Sequence[Step]

    def of(self, level: str) -> Step | None:
        """A level by name."""
        return next((one for one in self.steps if one.level == level), None)

    def after(self, level: str) -> str:
        """The next one up; "" if there is none."""
        names = [one.level for one in self.steps]
        place = names.index(level) + 1 if level in names else len(names)
        return names[place] if place < len(names) else ""


def ladder_now() -> Ladder:
    """The levels of all live rules: the default line's order, then what others add above it."""
    found: dict[str, dict[str, Level]] = {}
    for one in active_lines():
        live = None if one.version is None else live_now(one.line.pk)
        for level in () if live is None else live.policy.parts.levels:
            found.setdefault(level.level, {})[one.line.name] = level
    return Ladder([Step(name, lines) for name, lines in found.items()])
