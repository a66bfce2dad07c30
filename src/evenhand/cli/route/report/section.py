"""What the sections of the report are made of."""

from dataclasses import dataclass, field

from evenhand.cli.page.table import Table


@dataclass(frozen=True, slots=True)
class Part:
    """A titled part of a section: sentences, then a table."""

    title: str = ""
    sentences: tuple[str, ...] = ()
    table: Table | None = None
    badge: str = ""
    tone: str = ""
    is_folded: bool = False


@dataclass
class Section:
    """One section of the page."""

    name: str
    title: str
    sentences: list[str] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)
    is_paired: bool = False  # two parts side by side where there is room
