"""How much a file may hold, and the refusal of one that holds more or cannot be read.

The limits protect memory and time: a spreadsheet comes from outside and may be hostile.
"""

from dataclasses import dataclass
from typing import Any

from evenhand.engine.reasons import Param, Reason, reason
from evenhand.sheets.plain import plain


class UnreadableSheet(Exception):
    """The file could not be read; `reason` is a `sheet.*` code with its parameters."""

    def __init__(self, code: str, /, **params: Param) -> None:
        self.reason: Reason = reason(code, **params)
        super().__init__(plain(self.reason))

    def __reduce__(self) -> tuple[Any, ...]:
        # It is told from process to process.
        return _unreadable, (self.reason.code, dict(self.reason.params))


def _unreadable(code: str, params: dict[str, Param]) -> UnreadableSheet:
    return UnreadableSheet(code, **params)


class UnwritableSheet(Exception):
    """The file could not be written; `reason` is a `sheet.*` code with its parameters."""

    def __init__(self, code: str, /, **params: Param) -> None:
        self.reason: Reason = reason(code, **params)
        super().__init__(plain(self.reason))


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may hold. The defaults suit one's own machine; a server may be stricter."""

    cell_characters: int = 1_048_576
    columns: int = 2_000
    line_bytes: int = 16 * 1_048_576  # a longer line is no row of a table
    # Only for JSON, whose text is in memory as a whole; one row of it is one value of its own.
    json_megabytes: int = 200
    json_levels: int = 16
    # Only for XLSX, which is a zip archive that the reader holds in memory as a whole.
    unpacked_megabytes: int = 1_024
    unpacked_ratio: int = 200  # honest workbooks unpack to 5 to 60 times their size
    area_cells: int = 40_000_000  # the rectangle around all values, at 32 bytes a cell


DEFAULT_LIMITS = Limits()
