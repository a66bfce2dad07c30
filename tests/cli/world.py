"""Two spreadsheets in a folder and the command line run on them, as a person would."""

import csv
import io
import json
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import Any

import openpyxl
from click.testing import CliRunner

from evenhand.cli.main import main
from evenhand.cli.route.deliver import COLUMNS
from evenhand.engine.ledger.book import Book

AT = "2026-03-04T10:00"  # a Wednesday
OWN_COLUMNS = len(COLUMNS)

LEADS = (
    "线索编号,姓名,手机,邮箱,公司,省份,等级",
    "L1,张三,13812345678,zhang@example.com,甲公司,浙江,A",
    "L2,李四,13812345679,li@example.com,乙公司,北京,B",
    "L3,王五,13812345680,wang@example.com,丙公司,浙江,C",
    "L4,赵六,13812345681,zhao@example.com,丁公司,江苏,D",
)
TEAM = ("工号,姓名", "R1,陈一", "R2,林二", "R3,周三")

Lines = Sequence[str] | Sequence[Sequence[Any]]


def lines_of(text: str) -> list[list[str]]:
    """The cells of a small table written as text, a line a row, commas between."""
    return list(csv.reader(io.StringIO(text)))


def cells(lines: Lines) -> list[list[Any]]:
    """Rows of cells, whether they were given as such or as lines with commas."""
    return [line.split(",") if isinstance(line, str) else list(line) for line in lines]


def made_leads(
    count: int,
    header: str = "线索编号,等级",
    row: Callable[[int], str] | None = None,
    first: int = 1,
) -> list[str]:
    """So many leads, L1, L2, …, with grades A to D in turn unless said otherwise."""
    return [
        header,
        *(
            row(number) if row is not None else f"L{number},{'ABCD'[number % 4]}"
            for number in range(first, first + count)
        ),
    ]


@dataclass(frozen=True)
class Ran:
    """What a command did: its exit code, what it said and what it complained of."""

    code: int
    said: str
    complained: str

    @property
    def complaints(self) -> list[str]:
        """What it complained of, line by line."""
        return self.complained.splitlines()


class Results:
    """The folder that a run wrote."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def table(self, name: str) -> list[list[str]]:
        """A CSV file of the results, header first; none = not written."""
        path = self.folder / name
        if not path.exists():
            return []
        return list(csv.reader(io.StringIO(path.read_text("utf-8-sig"), newline="")))

    @cached_property
    def assignments(self) -> list[dict[str, str]]:
        """The rows of assignments.csv: our columns by key, the sheet's own by name."""
        header, *rows = self.table("assignments.csv")
        names = [*COLUMNS, *header[OWN_COLUMNS:]]
        return [dict(zip(names, row, strict=True)) for row in rows]

    @property
    def owners(self) -> dict[str, str]:
        """Item id → owner's id, "" where nobody got it."""
        return {row["item"]: row["owner-id"] for row in self.assignments}

    @property
    def received(self) -> Counter[str]:
        """How many items everybody got."""
        return Counter(owner for owner in self.owners.values() if owner)

    @property
    def repeated(self) -> list[list[str]]:
        """The rows of duplicates.csv."""
        return self.table("duplicates.csv")[1:]

    @property
    def rejected(self) -> list[list[str]]:
        """The rows of rejected.csv."""
        return self.table("rejected.csv")[1:]

    @property
    def receipts(self) -> Path:
        """The receipt file."""
        return self.folder / "receipts.jsonl"

    def lines(self, kind: str) -> list[dict[str, Any]]:
        """The receipt's lines of one kind."""
        lines = map(json.loads, self.receipts.read_text("utf-8").splitlines())
        return [line for line in lines if line["t"] == kind]

    @property
    def state(self) -> dict[str, Any]:
        """The state file."""
        found: dict[str, Any] = json.loads((self.folder / "state.json").read_text("utf-8"))
        return found

    @property
    def books(self) -> dict[str, Book]:
        """The books of the state."""
        return {key: Book.from_json(book) for key, book in self.state["books"].items()}

    @property
    def owed(self) -> dict[str, int]:
        """What everybody is owed, in micro-points, where there is one book."""
        (book,) = self.books.values()
        return dict(zip(book.members, book.owed.tolist(), strict=True))

    @property
    def names(self) -> set[str]:
        """The files and folders in it."""
        return {path.name for path in self.folder.iterdir()}

    def contents(self) -> dict[str, bytes]:
        """Every file in it, to the byte; a workbook is a zip with its own times, so not that."""
        return {
            str(path.relative_to(self.folder)): path.read_bytes()
            for path in sorted(self.folder.rglob("*"))
            if path.is_file() and path.suffix != ".xlsx"
        }

    def points_received(self) -> Counter[str]:
        """Micro-points that everybody got, added up from the sheet."""
        found: Counter[str] = Counter()
        for row in self.assignments:
            if row["owner-id"]:
                found[row["owner-id"]] += int(Decimal(row["points"]) * 1_000_000)
        return found


class Desk:
    """A folder with the files of a sales-operations person, and the command line in it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.csv("leads.csv", LEADS)
        self.csv("team.csv", TEAM)

    def path(self, name: str | Path) -> Path:
        """A file of the folder."""
        return self.folder / name

    def csv(self, name: str, lines: Lines, encoding: str = "utf-8-sig") -> Path:
        """Write a CSV file."""
        text = io.StringIO(newline="")
        csv.writer(text).writerows(cells(lines))
        path = self.path(name)
        path.write_bytes(text.getvalue().encode(encoding))
        return path

    def xlsx(self, name: str, lines: Lines) -> Path:
        """Write a workbook of one sheet."""
        book = openpyxl.Workbook()
        sheet = book.active
        assert sheet is not None
        for row in cells(lines):
            sheet.append(row)
        book.save(self.path(name))
        return self.path(name)

    def policy(self, document: Mapping[str, Any], name: str = "policy.json") -> Path:
        """Write a policy."""
        path = self.path(name)
        path.write_text(json.dumps(document, ensure_ascii=False), "utf-8")
        return path

    def run(self, *args: object, lang: str = "en") -> Ran:
        """Run a command."""
        words = [str(arg) for arg in (*args, "--lang", lang)]
        found = CliRunner().invoke(main, words, catch_exceptions=False)
        return Ran(found.exit_code, found.stdout, found.stderr)

    def try_route(
        self,
        *args: object,
        leads: str = "leads.csv",
        team: str = "team.csv",
        out: str = "out",
        at: str | None = AT,
        lang: str = "en",
    ) -> Ran:
        """Run `evenhand route`, whatever comes of it."""
        moment = () if at is None else ("--at", at)
        return self.run(
            *("route", self.path(leads), "--team", self.path(team), "--out", self.path(out)),
            *(*moment, "--seed", "seed", *args),
            lang=lang,
        )

    def route(self, *args: object, **more: Any) -> Results:
        """Run `evenhand route` and read its results; it must have done its work."""
        ran = self.try_route(*args, **more)
        assert ran.code in (0, 1), ran.complained
        return self.results(more.get("out", "out"))

    def results(self, out: str = "out") -> Results:
        """The results in a folder."""
        return Results(self.path(out))

    def replay(self, out: str = "out", **more: Any) -> Ran:
        """Run `evenhand replay` on the receipts of a folder."""
        return self.run("replay", self.path(out) / "receipts.jsonl", **more)

    def explain(self, lead: str, rep: str | None = None, out: str = "out", **more: Any) -> Ran:
        """Run `evenhand explain`."""
        about = () if rep is None else ("--rep", rep)
        receipts = self.path(out) / "receipts.jsonl"
        return self.run("explain", receipts, "--lead", lead, *about, **more)

    def book(self, *edits: str, out: str = "out", name: str = "edits.csv", **more: Any) -> Ran:
        """Write these edits and run `evenhand book`."""
        path = self.csv(name, ["lead,act,to,points,refund %,reason,by", *edits])
        return self.run("book", path, "--out", self.path(out), **more)


def policy(*rules: Mapping[str, Any], **sections: Any) -> dict[str, Any]:
    """A policy document: grades A to D at 8, 5, 3 and 1 points, everybody shares."""
    return {
        "schema": 1,
        "line": "test",
        "grades": {
            "source": "field_only",
            "thresholds": [{"grade": grade} for grade in "ABCD"],
            "ungraded": "C",
        },
        "points": {"base": {"A": 8, "B": 5, "C": 3, "D": 1}},
        "groups": [{"group": "all", "who": True}],
        "pools": [{"pool": "open"}],
        "rules": [dict(one) for one in rules] or [share()],
        **sections,
    }


def share(name: str = "share", group: str = "all", **more: Any) -> dict[str, Any]:
    """A rule that deals by the ledger."""
    to = {"strategy": "fair_share", "group": group}
    return {"rule": name, "to": to, "if_nobody": {"do": "wait"}, **more}


def pool(name: str = "pool", **more: Any) -> dict[str, Any]:
    """A rule that puts leads into a public pool."""
    to = {"strategy": "pool", "pool": "open"}
    return {"rule": name, "to": to, "if_nobody": {"do": "wait"}, **more}


def people(*names: str, header: str = "工号,姓名") -> list[str]:
    """A team sheet of these lines."""
    return [header, *names]


def a_mixed_desk(desk: Desk) -> None:
    """Leads of all sorts: owners, misfits, full people, repeated and bad rows."""
    provinces = ("浙江", "北京", "广东", "")
    rows = [
        f"L{n},1381234{n % 190:04d},公司{n % 37},{provinces[n % 4]},{n % 5 or 'x' * (n % 3)}"
        for n in range(200)
    ]
    desk.csv("leads.csv", ["线索编号,手机,公司,省份,分值", *rows])
    header = "工号,姓名,区域,权重,容量上限"
    desk.csv(
        "team.csv",
        people(
            "R1,陈一,浙江、北京,100%,40",
            "R2,林二,,50%,",
            "R3,周三,广东,80%,30",
            "R4,吴四,,100%,45",
            header=header,
        ),
    )
