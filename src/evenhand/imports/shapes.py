"""Exports whose columns we know from their platform, where names alone would mislead.

A saved mapping of the company's own counts before these.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from evenhand.engine.reasons import Reason, reason
from evenhand.sheets.reading.rows import Row
from evenhand.sheets.values.text import text_of

Values = Mapping[str, Collection[str]]  # heading → what stands in it


@dataclass(frozen=True, slots=True)
class Shape:
    """What a platform's export looks like and means.

    `tests` are rows that no customer sent, `doubts` such as the platform itself doubts.
    """

    source: str  # of its rows; what it calls a source is the place of the advertisement
    known_by: Collection[str]  # headings that must all be there
    columns: Mapping[str, str]  # heading → role
    tests: Values = field(default_factory=dict)
    doubts: Values = field(default_factory=dict)


SHAPES: Sequence[Shape] = (
    # 飞鱼, downloaded as a sheet.
    Shape(
        source="巨量引擎",
        known_by=("线索ID", "广告计划ID", "流量来源"),
        columns={"流量来源": "custom"},
    ),
    # 巨量引擎, a page of its interface; `country_name` is the district.
    Shape(
        source="巨量引擎",
        known_by=("clue_id", "advertiser_id", "clue_source"),
        columns={
            "country_name": "region.district",
            "clue_source": "custom",
            "app_name": "custom",
        },
        tests={"clue_source": ("4",), "convert_status": ("广告预览",)},
        doubts={"clue_source": ("3",), "convert_status": ("不匹配转化", "其他不合法转化")},
    ),
)


def shape_of(header: Collection[str]) -> Shape | None:
    """The export that has these headings, if it is a known one."""
    names = set(header)
    return next((one for one in SHAPES if names.issuperset(one.known_by)), None)


class ShapeReader:
    """What a platform says of its own rows: those of one file."""

    def __init__(self, shape: Shape | None, header: Sequence[str]) -> None:
        self._tests = _places(shape.tests if shape else {}, header)
        self._doubts = _places(shape.doubts if shape else {}, header)

    def is_test(self, cells: Row) -> tuple[str, str, Reason] | None:
        """Heading, value and reason, if no customer sent this row."""
        return _first(self._tests, cells, "import.test_row")

    def doubt(self, cells: Row) -> tuple[str, str, Reason] | None:
        """Heading, value and reason, if the platform doubts this row."""
        return _first(self._doubts, cells, "import.platform_doubts")


def _places(wanted: Values, header: Sequence[str]) -> list[tuple[int, str, frozenset[str]]]:
    return [
        (header.index(name), name, frozenset(values))
        for name, values in wanted.items()
        if name in header
    ]


def _first(
    wanted: Sequence[tuple[int, str, frozenset[str]]], cells: Row, code: str
) -> tuple[str, str, Reason] | None:
    for index, name, values in wanted:
        text = text_of(cells[index]) if index < len(cells) else ""
        if text in values:
            return name, text, reason(code)
    return None
