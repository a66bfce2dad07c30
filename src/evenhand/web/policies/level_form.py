"""The form of a level (销售职级): what it takes, the ramp, stretch leads, the next level."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from evenhand.web.policies.part_forms import Block, Known, PartForm, Plain, shown
from evenhand.wording.catalogue import Words

_DIGITS = MappingProxyType({"inputmode": "numeric"})
# Part of a level → its numbers, in the order of the form.
_NUMBERS: Mapping[str, tuple[str, ...]] = {
    "ramp": ("start_percent", "days", "results"),
    "stretch": ("percent", "credit_percent"),
    "graduation": ("days", "expected", "of_mean_percent", "probability_percent"),
}
_FLAGS: Mapping[str, str] = {"stretch": "needs_mentor", "graduation": "is_enabled"}


class LevelForm(PartForm):
    """A level: its kinds of work, how newcomers settle in, stretch leads, who is proposed upwards.

    A ramp without days and a start is none; stretch leads without a share are none.
    """

    part = "level"
    places = MappingProxyType({"level": "name"})

    def __init__(
        self, words: Words, known: Known, level: Plain, data: Mapping[str, Any] | None = None
    ) -> None:
        super().__init__(words, data)
        self._text("name")
        self._condition("takes")
        self._condition("mostly")
        self._text("mentees", most=3, attrs=_DIGITS)
        self.initial = {
            "name": level.get("level", ""),
            "takes": shown(level.get("takes")),
            "mostly": shown(level.get("mostly")),
            "mentees": level.get("mentees", ""),
            "note": level.get("note", ""),
        }
        for part, names in _NUMBERS.items():
            terms = level.get(part) or {}
            flag = _FLAGS.get(part)
            if flag is not None:
                self._flag(f"{part}_{flag}")
                self.initial[f"{part}_{flag}"] = terms.get(flag, True)
            for name in names:
                self._text(f"{part}_{name}", most=6, attrs=_DIGITS)
                self.initial[f"{part}_{name}"] = terms.get(name, "")
        self._note()

    @property
    def blocks(self) -> Sequence[Block]:
        """The level itself; then what newcomers, stretch leads and the next level ask."""
        head = ("name", "takes", "mostly", "mentees")
        return (
            Block("", [self[name] for name in head]),
            *(
                Block(self.words.text(f"web-studio-level-{part}"), self._fields_of(part))
                for part in _NUMBERS
            ),
            Block("", [self["note"]]),
        )

    def _fields_of(self, part: str) -> list[Any]:
        flag = _FLAGS.get(part)
        names = [*((flag,) if flag is not None else ()), *_NUMBERS[part]]
        return [self[f"{part}_{name}"] for name in names]

    def field_at(self, rest: Sequence[str | int]) -> str | None:
        """… of a part of the level by both their names."""
        if len(rest) == 1 and rest[0] in _NUMBERS:
            return f"{rest[0]}_{_NUMBERS[str(rest[0])][0]}"
        joined = "_".join(map(str, rest[:2]))
        return joined if joined in self.fields else super().field_at(rest)

    def values(self) -> dict[str, Any]:
        """The level as plain values; a part of which nothing is set is not there."""
        return {
            "level": self.typed("name"),
            "takes": self.typed("takes") or "true",
            "mostly": self.typed("mostly") or None,
            "mentees": self.typed_number("mentees"),
            "ramp": self._terms("ramp") or None,
            "stretch": self._stretch(),
            "graduation": self._graduation(),
            "note": self.typed("note"),
        }

    def _stretch(self) -> Plain | None:
        terms = self._terms("stretch")
        if not terms:
            return None
        return {**terms, "needs_mentor": bool(self.data.get("stretch_needs_mentor"))}

    def _graduation(self) -> Plain | None:
        """Left out where the usual terms hold."""
        if not self.data.get("graduation_is_enabled"):
            return {**self._terms("graduation"), "is_enabled": False}
        return self._terms("graduation") or None

    def _terms(self, part: str) -> dict[str, Any]:
        typed = {name: self.typed_number(f"{part}_{name}") for name in _NUMBERS[part]}
        return {name: value for name, value in typed.items() if value is not None}
