"""Reading the small parts of a mapping: texts, choices, paths, terms; mistakes are gathered."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, TypeVar

from evenhand.connectors.mapping.paths import Path, UnreadablePath, read_path
from evenhand.connectors.mapping.terms import (
    At,
    Count,
    First,
    Fixed,
    Join,
    Moment,
    OneOf,
    Pick,
    Term,
)
from evenhand.engine.conditions.suggest import nearest
from evenhand.engine.policy.problem import Place, PolicyProblem
from evenhand.engine.reasons import Param, reason

TERMS = ("first", "join", "map", "number", "path", "pick", "text", "time")
_ALSO = {"join": ("with",), "map": ("of", "else"), "pick": ("by", "else")}
_MOST_INNER = 20
_MOST_DEPTH = 6
_Choice = TypeVar("_Choice", bound=StrEnum)


@dataclass
class Reading:
    """A text on its way to a document."""

    line_of: Callable[[Place], int]
    zone: str
    problems: list[PolicyProblem] = field(default_factory=list)

    def wrong(self, place: Place, code: str, **params: Param) -> None:
        """Note a mistake."""
        why = reason(code, **params)
        self.problems.append(PolicyProblem(place, why, line=self.line_of(place)))

    def not_one_of(self, place: Place, value: Any, choices: Sequence[str]) -> None:
        """Note a value that is none of those there are."""
        text = str(value)[:80]
        near = nearest(text, tuple(choices))
        params: dict[str, Param] = {"value": text, "choices": tuple(choices), "suggestion": near}
        self.wrong(place, "policy.not_one_of", **params)

    def mapping(
        self, plain: Any, place: Place, known: Sequence[str] | None, needed: Iterable[str] = ()
    ) -> Mapping[str, Any]:
        """A mapping with these keys and no others; None = any."""
        if not isinstance(plain, Mapping):
            self.wrong(place, "policy.wrong_type", value=str(plain)[:80], wanted="mapping")
            return {}
        for key in plain:
            if known is not None and key not in known:
                near = nearest(str(key), tuple(known))
                params: dict[str, Param] = {"key": str(key)[:80], "suggestion": near}
                self.wrong((*place, key), "policy.unknown_key", known=tuple(known), **params)
        for key in needed:
            if key not in plain:
                self.wrong((*place, key), "policy.missing", key=key)
        return plain

    def entries(self, plain: Any, place: Place) -> list[tuple[int, Any]]:
        """The entries of a list with their numbers; nothing is an empty list."""
        if plain is None:
            return []
        if not isinstance(plain, list) or len(plain) > _MOST_INNER:
            self.wrong(place, "policy.wrong_type", value=str(plain)[:80], wanted="list")
            return []
        return list(enumerate(plain))

    def text(self, found: Mapping[str, Any], place: Place, key: str) -> str:
        """A text under a key; "" where there is none."""
        value = found.get(key)
        if value is None:
            return ""
        if not isinstance(value, str):
            self.wrong((*place, key), "policy.wrong_type", value=str(value)[:80], wanted="text")
            return ""
        return value

    def texts(self, plain: Any, place: Place) -> tuple[str, ...]:
        """One text or several; numbers and truths count as they are written in JSON."""
        if plain is None:
            return ()
        row = plain if isinstance(plain, list) else [plain]
        if any(isinstance(one, list | Mapping) for one in row):
            self.wrong(place, "policy.wrong_type", value=str(plain)[:80], wanted="text")
            return ()
        return tuple(_written(one) for one in row)

    def whole(
        self, found: Mapping[str, Any], place: Place, key: str, *, least: int, most: int
    ) -> int:
        """A whole number under a key; 0 where there is none."""
        value = found.get(key)
        if value is None:
            return 0
        if not isinstance(value, int) or isinstance(value, bool):
            self.wrong((*place, key), "policy.wrong_type", value=str(value)[:80], wanted="whole")
            return 0
        if not least <= value <= most:
            code, limit = ("policy.too_small", least) if value < least else ("policy.too_big", most)
            self.wrong((*place, key), code, value=str(value), limit=str(limit))
            return 0
        return value

    def choice(
        self,
        found: Mapping[str, Any],
        place: Place,
        key: str,
        choices: type[_Choice],
        usual: _Choice,
    ) -> _Choice:
        """One of an enumeration."""
        return choices(self.one_of(found, place, key, tuple(choices), usual))

    def one_of(
        self, found: Mapping[str, Any], place: Place, key: str, choices: Sequence[str], usual: str
    ) -> str:
        """One of several texts."""
        value = found.get(key)
        if value is None:
            return usual
        if value not in choices:
            self.not_one_of((*place, key), value, choices)
            return usual
        return str(value)

    # -- paths and terms -------------------------------------------------------------------

    def path(self, plain: Any, place: Place) -> Path:
        """The steps of a path."""
        try:
            return read_path(plain if isinstance(plain, str) else "?[")
        except UnreadablePath:
            self.wrong(place, "connector.path_unreadable", value=str(plain)[:80])
            return ()

    def terms(self, plain: Any, place: Place, known: Sequence[str] | None) -> Mapping[str, Term]:
        """Terms by name."""
        if plain is None:
            return {}
        found = self.mapping(plain, place, known)
        return {
            name: self.term(one, (*place, name))
            for name, one in found.items()
            if known is None or name in known
        }

    def term(self, plain: Any, place: Place, depth: int = 0) -> Term:
        """One term."""
        if isinstance(plain, str):
            return self._at(plain, place)
        if not isinstance(plain, Mapping) or depth > _MOST_DEPTH:
            self.wrong(place, "connector.term_unreadable", value=str(plain)[:80], known=TERMS)
            return Fixed("")
        kinds = [key for key in plain if key in TERMS]
        if len(kinds) != 1:
            self.wrong(place, "connector.term_unreadable", value=", ".join(plain)[:80], known=TERMS)
            return Fixed("")
        kind = kinds[0]
        self.mapping(plain, place, (kind, *_ALSO.get(kind, ())))
        return self._term(kind, plain, place, depth)

    def _term(self, kind: str, plain: Mapping[str, Any], place: Place, depth: int) -> Term:
        inner = plain[kind]
        match kind:
            case "path":
                return self._at(inner, (*place, kind))
            case "text":
                return Fixed(_written(inner))
            case "number":
                return Count(self.term(inner, (*place, kind), depth + 1))
            case "time":
                return Moment(self.term(inner, (*place, kind), depth + 1), self.zone)
            case "map":
                return self._table(plain, place, depth)
            case "pick":
                return self._pick(plain, place, depth)
        row = self.entries(inner, (*place, kind))
        terms = tuple(self.term(one, (*place, kind, k), depth + 1) for k, one in row)
        if kind == "first":
            return First(terms)
        return Join(terms, _written(plain.get("with", " ")))

    def _table(self, plain: Mapping[str, Any], place: Place, depth: int) -> Term:
        table = self.mapping(plain["map"], (*place, "map"), None)
        if "of" not in plain:
            self.wrong((*place, "of"), "policy.missing", key="of")
            return Fixed("")
        otherwise = plain.get("else")
        return OneOf(
            of=self.term(plain["of"], (*place, "of"), depth + 1),
            table={_written(key): _written(value) for key, value in table.items()},
            otherwise=None if otherwise is None else _written(otherwise),
        )

    def _pick(self, plain: Mapping[str, Any], place: Place, depth: int) -> Term:
        row = self.mapping(plain["pick"], (*place, "pick"), None)
        if "by" not in plain:
            self.wrong((*place, "by"), "policy.missing", key="by")
            return Fixed("")
        otherwise = plain.get("else")
        return Pick(
            by=self.term(plain["by"], (*place, "by"), depth + 1),
            terms={
                name: self.term(one, (*place, "pick", name), depth + 1) for name, one in row.items()
            },
            otherwise=None
            if otherwise is None
            else self.term(otherwise, (*place, "else"), depth + 1),
        )

    def _at(self, plain: Any, place: Place) -> Term:
        text = plain if isinstance(plain, str) else "?["
        of_body = text.startswith("body:")
        return At(self.path(text.removeprefix("body:"), place), of_body)


def _written(value: Any) -> str:
    """A plain value as JSON writes it, texts without their quotes."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)
