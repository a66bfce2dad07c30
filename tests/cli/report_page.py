"""A report read back from its HTML, as a person reads it: cards, sections, tables, drawings."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from evenhand.cli.route.phrases import round_points
from evenhand.wording.catalogue import Words
from tests.cli.world import Results

EN = Words("en")

Row = list[str]
VOID = {"meta", "link", "img", "br", "input", "circle", "line", "rect", "path", "polyline"}


@dataclass
class Table:
    """A table: its heads and the texts of its cells; small second lines stand in `under`."""

    heads: Row = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    under: list[Row] = field(default_factory=list)

    def by_first(self) -> dict[str, dict[str, str]]:
        """The rows as mappings from head to text, by what stands in the first column."""
        return {row[0]: dict(zip(self.heads, row, strict=True)) for row in self.rows}


@dataclass
class Part:
    """A section: all its text, its title, its folded reasons, and its tables."""

    title: str = ""
    text: str = ""
    headings: list[str] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)


class Page(HTMLParser):
    """The parts of a report. Reading fails if its elements are not closed as they were opened."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.source = path.read_text("utf-8")
        self.cards: dict[str, tuple[str, str]] = {}
        self.sections: dict[str, Part] = {}
        self.pointers: list[tuple[str, str]] = []  # (text, section)
        self.commands: list[str] = []
        self.chart_notes: list[str] = []
        self.text = ""
        self._open: list[tuple[str, dict[str, str]]] = []
        self._texts: list[str] = []
        self._card: dict[str, str] = {}
        self._cell: list[str] = []
        self.feed(self.source)
        self.close()
        assert not self._open, f"never closed: {self._open}"

    @property
    def language(self) -> str:
        """The language that the page says it is in."""
        return self.source.split('<html lang="', 1)[1].split('"', 1)[0]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in VOID:
            return
        self._open.append((tag, {name: value or "" for name, value in attrs}))
        self._texts.append("")
        part = self._part()
        if part is not None and tag == "table":
            part.tables.append(Table())
        if part is not None and tag == "tr":
            part.tables[-1].rows.append([])
            part.tables[-1].under.append([])
        if tag in ("th", "td"):
            self._cell = ["", ""]

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        opened, attrs = self._open.pop()
        assert opened == tag, f"</{tag}> closes <{opened}>"
        text = " ".join(self._texts.pop().split())
        kind = attrs.get("class", "").split()
        part = self._part()
        if part is not None:
            self._end_in_section(tag, text, part)
        if tag == "div" and kind and kind[0] in ("label", "value", "note"):
            self._card[kind[0]] = text
        if tag == "div" and "figure" in kind:
            self.cards[self._card["label"]] = (self._card["value"], self._card.get("note", ""))
            self._card = {}
        if tag == "a" and ("ul", {"class": "pointers"}) in self._open:
            self.pointers.append((text, attrs["href"].removeprefix("#")))
        if tag == "code":
            self.commands.append(text)
        if tag == "title" and any(name == "svg" for name, _ in self._open):
            self.chart_notes.append(text)

    def _end_in_section(self, tag: str, text: str, part: Part) -> None:
        if tag == "h2":
            part.title = text
        elif tag in ("h3", "summary"):
            part.headings.append(text)
        elif tag in ("th", "td"):
            part.tables[-1].rows[-1].append(" ".join(self._cell[0].split()))
            part.tables[-1].under[-1].append(" ".join(self._cell[1].split()))
        elif tag == "thead":
            table = part.tables[-1]
            table.heads, table.under = table.rows.pop(), []

    def handle_data(self, data: str) -> None:
        if any(tag == "style" for tag, _ in self._open):
            return
        self.text += data
        if part := self._part():
            part.text += data
        self._texts = [text + data for text in self._texts]
        inside = [tag for tag, _ in self._open]
        if "th" in inside or "td" in inside:
            self._cell["small" in inside] += data

    def _part(self) -> Part | None:
        for tag, attrs in self._open:
            if tag == "section" and "id" in attrs:
                return self.sections.setdefault(attrs["id"], Part())
        return None


def page_of(results: Results) -> Page:
    """The report of a run."""
    return Page(results.folder / "report.html")


def said(name: str, /, **params: Any) -> str:
    """A sentence of the report, in English."""
    return EN.text(f"report-{name}", **params)


def shown(micro_points: int) -> str:
    """Points as the report shows them, to two decimals."""
    return round_points(micro_points).replace("-", "\N{MINUS SIGN}")


def signed(balance: str) -> str:
    """A balance as a number again: "ahead 1.5" is -1.5."""
    side, _, amount = balance.partition(" ")
    return ("" if side == "owed" else "\N{MINUS SIGN}") + amount if amount else "0"
