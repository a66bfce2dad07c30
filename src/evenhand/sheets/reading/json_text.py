"""Find the rows in a JSON text: a list of objects, one inside an envelope, or an object a line.

The text is walked by its marks, without being parsed as a whole: the size and depth of every
object are known before it is parsed, and only one row is in memory at a time.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from evenhand.sheets.limits import Limits, UnreadableSheet

_SPACE = re.compile(r"[ \t\r\n]*+")
_STRING = re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*+"', re.DOTALL)
_MARK = re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*+"|[{}\[\]]', re.DOTALL)
_SCALAR = re.compile(r"[^\s,:{}\[\]\"]++")
_CLOSED_BY = {"{": "}", "[": "]"}


@dataclass(frozen=True, slots=True)
class Listed:
    """Where the rows stand: in the list at `path`, at the top ("") or an object a line."""

    path: str
    start: int  # of the first object in the text
    count: int
    others: tuple[str, ...] = ()  # lists of objects that were passed over


class JsonText:
    """One JSON text.

    :raises UnreadableSheet: from every method, where the text is no JSON or a row is too large or
        too deep.
    """

    def __init__(self, text: str, file: str, limits: Limits) -> None:
        self.text = text
        self.file = file
        self.limits = limits
        self._decoder = json.JSONDecoder(parse_float=Decimal, parse_constant=lambda _: None)
        self._found: list[Listed] = []

    def find(self) -> Listed:
        """The largest list of objects, the first of those that are equally large."""
        at = self._space(0)
        if self.text[at : at + 1] not in ("{", "["):
            raise self._broken(at)
        self._found.clear()
        end = self._space(self._search(at, "", 1))
        if end < len(self.text):
            if self.text[at] != "{":
                raise self._broken(end)
            return self._lines(at)
        if self._found:
            best = max(self._found, key=lambda one: one.count)
            others = tuple(one.path for one in self._found if one is not best)
            return Listed(best.path, best.start, best.count, others)
        if self.text[at] == "{":
            self._check_size(at, end, 1)
            return Listed("", at, 1)
        raise UnreadableSheet("sheet.json_no_rows", file=self.file)

    def objects(self, listed: Listed) -> Iterator[dict[str, Any]]:
        """Every row of what `find` found, in order."""
        at = listed.start
        for number in range(1, listed.count + 1):
            try:
                value, at = self._decoder.raw_decode(self.text, at)
            except (ValueError, RecursionError) as error:
                place = error.pos if isinstance(error, json.JSONDecodeError) else at
                raise self._broken(place) from error
            if not isinstance(value, dict):
                raise UnreadableSheet("sheet.json_not_an_object", file=self.file, row=number)
            yield value
            at = self._space(at)
            if self.text[at : at + 1] == ",":
                at = self._space(at + 1)

    # -- the walk --------------------------------------------------------------------------

    def _search(self, at: int, path: str, depth: int) -> int:
        """Note the lists of objects in the value at `at`; gives the place behind it."""
        self._check_depth(at, depth)
        if self.text[at] == "[":
            first = self._space(at + 1)
            if self.text[first : first + 1] == "{":
                return self._list(first, path, depth)
            return self._end(at, depth)
        at = self._space(at + 1)
        if self.text[at : at + 1] == "}":
            return at + 1
        while True:
            name = _STRING.match(self.text, at)
            colon = self._space(name.end()) if name else at
            if name is None or self.text[colon : colon + 1] != ":":
                raise self._broken(at)
            at = self._space(colon + 1)
            if self.text[at : at + 1] in ("{", "["):
                inner = name[0][1:-1]
                at = self._search(at, f"{path}.{inner}" if path else inner, depth + 1)
            else:
                scalar = _STRING.match(self.text, at) or _SCALAR.match(self.text, at)
                if scalar is None:
                    raise self._broken(at)
                at = scalar.end()
            at = self._space(at)
            mark = self.text[at : at + 1]
            if mark == "}":
                return at + 1
            if mark != ",":
                raise self._broken(at)
            at = self._space(at + 1)

    def _list(self, at: int, path: str, depth: int) -> int:
        """Count the objects of a list whose first one stands at `at`."""
        start, count = at, 0
        while True:
            count += 1
            if self.text[at : at + 1] != "{":
                raise UnreadableSheet("sheet.json_not_an_object", file=self.file, row=count)
            end = self._end(at, depth + 1)
            self._check_size(at, end, count)
            at = self._space(end)
            mark = self.text[at : at + 1]
            if mark == "]":
                self._found.append(Listed(path, start, count))
                return at + 1
            if mark != ",":
                raise self._broken(at)
            at = self._space(at + 1)

    def _lines(self, start: int) -> Listed:
        at, count = start, 0
        while at < len(self.text):
            count += 1
            if self.text[at] != "{":
                raise UnreadableSheet("sheet.json_not_an_object", file=self.file, row=count)
            end = self._end(at, 1)
            self._check_size(at, end, count)
            at = self._space(end)
        return Listed("", start, count)

    def _end(self, at: int, depth: int) -> int:
        """The place behind the object or list that opens at `at`."""
        open_marks: list[str] = []
        for match in _MARK.finditer(self.text, at):
            mark = match[0]
            if mark[0] == '"':
                continue
            if mark in _CLOSED_BY:
                open_marks.append(_CLOSED_BY[mark])
                self._check_depth(match.start(), depth + len(open_marks) - 1)
            elif mark != open_marks.pop():
                raise self._broken(match.start())
            if not open_marks:
                return match.end()
        raise self._broken(len(self.text))

    # -- guards ----------------------------------------------------------------------------

    def _space(self, at: int) -> int:
        match = _SPACE.match(self.text, at)
        return match.end() if match else at

    def _check_depth(self, at: int, depth: int) -> None:
        if depth > self.limits.json_levels:
            raise UnreadableSheet(
                "sheet.json_too_deep",
                file=self.file,
                line=self._line(at),
                limit=self.limits.json_levels,
            )

    def _check_size(self, start: int, end: int, number: int) -> None:
        if end - start > self.limits.cell_characters:
            raise UnreadableSheet(
                "sheet.cell_too_large",
                file=self.file,
                row=number,
                limit=self.limits.cell_characters,
            )

    def _broken(self, at: int) -> UnreadableSheet:
        return UnreadableSheet("sheet.json_broken", file=self.file, line=self._line(at))

    def _line(self, at: int) -> int:
        return self.text.count("\n", 0, at) + 1
