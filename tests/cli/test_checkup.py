"""`evenhand checkup` from a file to the page, its details and its exit code."""

import csv
import gzip
import re
from html.parser import HTMLParser
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result

from evenhand.cli.checkup.command import checkup
from evenhand.engine.checkup.resampling import uniforms
from evenhand.wording.catalogue import LOCALES

REPS = ("陈嘉怡", "王建国", "李思远", "Zoë Müller", "<b>赵磊</b>")


def _run(*args: object) -> Result:
    return CliRunner().invoke(checkup, [str(arg) for arg in args], catch_exceptions=False)


def _write_year(path: Path, *, count: int = 600) -> None:
    """A year of a small team: the first rep gets most A leads, every twentieth lead moves on."""
    chance = uniforms("cli", "year")
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(
            "线索编号 手机 公司名称 线索来源 线索等级 创建时间 负责人 分配时间 首次跟进时间 "
            "跟进结果 关闭时间".split()
        )
        for number in range(count):
            month, day = divmod(number * 336 // count, 28)
            at = f"2025-{month + 1:02d}-{day + 1:02d}"
            grade = "ABCD"[int(next(chance) * 4)]
            rep = REPS[0] if grade == "A" and next(chance) < 0.7 else REPS[int(next(chance) * 5)]
            outcome = ("赢单", "输单", "输单", "跟进中", "输单")[int(next(chance) * 5)]
            row = [
                f"X{number:04d}",
                f"138{int(next(chance) * 400):08d}",
                f"=公司{number % 90}",
                ("官网", "展会")[number % 2],
                grade,
                f"{at} 09:00",
                rep,
                f"{at} 10:{number % 60:02d}",
                f"{at} {11 + int(next(chance) * 9)}:30" if next(chance) < 0.9 else "",
                outcome,
                "" if outcome == "跟进中" else f"{at} 23:59",
            ]
            writer.writerow(row)
            if number % 20 == 0:
                later = f"2025-12-{1 + number % 28:02d} 10:00"
                writer.writerow([*row[:6], REPS[1], later, "", outcome, ""])
        writer.writerow(["Y1", "", "", "", "A", "2025-01-01", "", "", "", "", ""])


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("year") / "history.csv"
    _write_year(path)
    return path


@pytest.fixture(scope="module", params=LOCALES)
def out(year: Path, request: pytest.FixtureRequest) -> Path:
    folder = year.parent / str(request.param)
    result = _run(year, "--out", folder, "--lang", request.param)
    assert result.exit_code == 0, result.output
    return folder


class _Page(HTMLParser):
    """Collects what a reader sees, what a browser would fetch, and whether tags close."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.fetched: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.words: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag not in {"meta", "br", "path", "rect", "line", "circle", "polyline", "polygon"}:
            self.open.append(tag)
        self.fetched += [str(values[name]) for name in ("src", "srcset", "data") if name in values]
        if tag in {"link", "script", "iframe"}:
            self.fetched.append(tag)
        if "id" in values:
            self.ids.append(str(values["id"]))
        if tag == "a":
            self.links.append(str(values.get("href")))

    def handle_endtag(self, tag: str) -> None:
        if self.open and self.open[-1] == tag:
            self.open.pop()

    def handle_data(self, data: str) -> None:
        if not self.open or self.open[-1] != "style":
            self.words.append(data)


def test_the_page_stands_alone_and_is_whole(out: Path) -> None:
    page = _Page((out / "checkup.html").read_text(encoding="utf-8"))

    assert page.fetched == []
    assert page.open == []
    assert len(page.ids) == len(set(page.ids))
    assert {link.removeprefix("#") for link in page.links} <= set(page.ids)


def test_names_from_the_file_are_shown_and_never_run(out: Path) -> None:
    text = (out / "checkup.html").read_text(encoding="utf-8")

    assert "&lt;b&gt;赵磊&lt;/b&gt;" in text
    assert "<b>赵磊" not in text


def test_no_phone_number_stands_on_the_page(out: Path) -> None:
    text = (out / "checkup.html").read_text(encoding="utf-8")

    assert re.search(r"138\d{8}", text) is None


def test_the_page_has_no_gap_of_words(out: Path) -> None:
    words = " ".join(_Page((out / "checkup.html").read_text(encoding="utf-8")).words)

    assert "checkup-" not in words
    assert "{ $" not in words
    assert "None" not in words
    assert "nan" not in words.split()


def test_the_page_for_the_boss_has_figures_findings_and_what_to_do(year: Path) -> None:
    folder = year.parent / "boss"

    result = _run(year, "--out", folder, "--lang", "zh-Hans")

    text = (folder / "checkup.html").read_text(encoding="utf-8")
    assert result.exit_code == 0
    assert 5 <= text.count('class="card figure') <= 7
    assert 1 <= text.count('class="todo"') <= 6
    assert "这份文件看不出的" in text
    assert "分配台账会怎么分" in text
    assert "陈嘉怡" in text


def test_the_workbook_holds_a_sheet_per_question_and_no_formula(out: Path) -> None:
    book = openpyxl.load_workbook(out / "checkup.xlsx")

    assert len(book.sheetnames) >= 15
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n", "d", "b"}


def test_every_lead_is_in_the_details_with_its_owner_and_the_ledgers_choice(out: Path) -> None:
    with (out / "checkup_leads.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))

    assert len(rows) == 601
    assert {row[0] for row in rows[1:]} == {f"X{number:04d}" for number in range(600)}
    assert {row[-1] for row in rows[1:]} == set(REPS)


def test_received_points_in_the_details_add_up(out: Path) -> None:
    with (out / "checkup_reps.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))[1:]
    with (out / "checkup_leads.csv").open(encoding="utf-8-sig", newline="") as file:
        leads = list(csv.reader(file))[1:]

    assert sum(int(row[1]) for row in rows) == len(leads)
    points = sum(float(row[2]) for row in rows)
    assert points == sum(float(lead[4]) for lead in leads)
    assert sum(float(row[3]) for row in rows) == pytest.approx(points)


def test_rows_that_could_not_be_used_are_listed(out: Path) -> None:
    with (out / "rejected.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))

    assert len(rows) == 2
    assert rows[1][1] == "负责人"


def test_the_same_file_gives_the_same_page(year: Path) -> None:
    pages = []
    for name in ("first", "second"):
        _run(year, "--out", year.parent / name, "--lang", "en")
        pages.append((year.parent / name / "checkup.html").read_bytes())

    assert pages[0] == pages[1]


def test_the_end_of_the_data_can_be_given(year: Path) -> None:
    result = _run(year, "--out", year.parent / "at", "--lang", "en", "--at", "2026-06-30 12:00")

    assert result.exit_code == 0
    text = (year.parent / "at" / "checkup.html").read_text(encoding="utf-8")
    assert "Data up to 2026-06-30 12:00" in text
    assert "The end of the data is --at." in text


def test_a_team_file_gives_the_weights(year: Path, tmp_path: Path) -> None:
    team = tmp_path / "team.csv"
    team.write_text("姓名,权重\n陈嘉怡,150\n王建国,50\n李思远,100\n", encoding="utf-8")

    result = _run(year, "--out", tmp_path / "out", "--lang", "en", "--weights", team)

    assert result.exit_code == 0
    with (tmp_path / "out" / "checkup_reps.csv").open(encoding="utf-8-sig", newline="") as file:
        due = {row[0]: float(row[3]) for row in list(csv.reader(file))[1:]}
    assert set(due) == {"陈嘉怡", "王建国", "李思远"}
    assert due["陈嘉怡"] == pytest.approx(3 * due["王建国"], rel=0.05)


def test_points_can_be_given(year: Path, tmp_path: Path) -> None:
    _run(year, "--out", tmp_path, "--lang", "en", "--points", "A=20,B=1,C=1,D=1")

    with (tmp_path / "checkup_leads.csv").open(encoding="utf-8-sig", newline="") as file:
        worth = {(row[3], float(row[4])) for row in list(csv.reader(file))[1:]}
    assert worth == {("A", 20), ("B", 1), ("C", 1), ("D", 1)}


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["--points", "A8"], "“A8” is not of the form A=8"),
        (["--at", "soon"], "“soon” is no time"),
        (["--map", "nothing=owner"], "nothing"),
    ],
)
def test_an_option_that_cannot_be_understood_is_refused_and_nothing_is_written(
    year: Path, tmp_path: Path, args: list[str], said: str
) -> None:
    result = _run(year, "--out", tmp_path / "out", "--lang", "en", *args)

    assert result.exit_code == 2
    assert said in result.output
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Name,Created\na,2025-01-01\n", "--map"),
        ("Owner,Color\na,red\n", "--map"),
        ("Owner,Created\n,2025-01-01\n", "owner and a time"),
        ("Owner,Created\nAnn,2025-01-01\nBob,2025-01-02\n", "--weights"),
    ],
)
def test_a_file_that_shows_nothing_is_refused_with_a_remedy(
    tmp_path: Path, text: str, said: str
) -> None:
    history = tmp_path / "history.csv"
    history.write_text(text, encoding="utf-8")

    result = _run(history, "--out", tmp_path / "out", "--lang", "en")

    assert result.exit_code == 2
    assert said in result.output
    assert "Traceback" not in result.output
    assert not (tmp_path / "out").exists()


def test_a_team_file_of_strangers_is_refused(year: Path, tmp_path: Path) -> None:
    team = tmp_path / "team.csv"
    team.write_text("name\nNobody Known\n", encoding="utf-8")

    result = _run(year, "--out", tmp_path / "out", "--lang", "en", "--weights", team)

    assert result.exit_code == 2
    assert "team.csv" in result.output


def test_a_bare_file_of_two_columns_still_gives_a_page(tmp_path: Path) -> None:
    history = tmp_path / "history.csv"
    rows = [f"{REPS[n % 3]},2025-{n % 12 + 1:02d}-05" for n in range(120)]
    history.write_text("\n".join(["负责人,创建时间", *rows]), encoding="utf-8")

    result = _run(history, "--out", tmp_path, "--lang", "zh-Hant")

    assert result.exit_code == 0
    text = (tmp_path / "checkup.html").read_text(encoding="utf-8")
    assert "沒有首次聯絡時間" in text
    assert "檔案裡沒有" in text


def _page_of(folder: Path) -> str:
    return (folder / "checkup.html").read_text(encoding="utf-8")


def test_a_real_pipeline_of_8800_opportunities(shared_data: Path, tmp_path: Path) -> None:
    points = "GTK 500=8,GTX Plus Pro=5,GTX Pro=5,GTXPro=5,MG Advanced=3,GTX Plus Basic=2"
    points += ",GTX Basic=1,MG Special=1"

    result = _run(
        shared_data / "maven_crm" / "sales_pipeline.csv",
        *("--map", "product=grade", "--map", "engage_date=assigned_at"),
        *("--points", points, "--out", tmp_path, "--lang", "en"),
    )

    assert result.exit_code == 0
    page = _page_of(tmp_path)
    assert "8,300 leads · 30 reps" in page
    assert "Darcel Schlecht" in page
    # 500 opportunities have no date of engagement.
    with (tmp_path / "rejected.csv").open(encoding="utf-8-sig", newline="") as file:
        assert len(list(csv.reader(file))) == 501


def test_an_amount_known_only_after_winning_is_not_used(shared_data: Path, tmp_path: Path) -> None:
    history = shared_data / "maven_crm" / "sales_pipeline.csv"

    result = _run(history, "--out", tmp_path, "--lang", "en")

    assert result.exit_code == 0
    assert "close_value” is mostly filled after winning" in _page_of(tmp_path)


def test_a_real_crm_export_of_3900_leads(shared_data: Path, tmp_path: Path) -> None:
    history = tmp_path / "Leads.csv"
    packed = (shared_data / "zoho_sample" / "Leads.csv.gz").read_bytes()
    history.write_bytes(gzip.decompress(packed))

    result = _run(history, "--out", tmp_path, "--lang", "zh-Hans")

    assert result.exit_code == 0
    page = _page_of(tmp_path)
    assert "3,900 条线索 · 11 位销售" in page
    assert "分值的差异在偶然范围内" in page


def test_a_file_of_won_deals_only_is_said_to_be_one(shared_data: Path, tmp_path: Path) -> None:
    folder = shared_data / "olist_funnel"
    with gzip.open(folder / "olist_mql_before_2018_03.csv.gz", "rt", encoding="utf-8") as file:
        leads = {row["mql_id"]: row for row in csv.DictReader(file)}
    with gzip.open(folder / "olist_closed_for_those.csv.gz", "rt", encoding="utf-8") as file:
        deals = list(csv.DictReader(file))
    history = tmp_path / "deals.csv"
    with history.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["id", "owner", "created", "source", "won date"])
        for deal in deals:
            lead = leads[deal["mql_id"]]
            first = [deal["mql_id"], deal["sr_id"], lead["first_contact_date"], lead["origin"]]
            writer.writerow([*first, deal["won_date"]])

    result = _run(history, "--out", tmp_path, "--lang", "en")

    assert result.exit_code == 0
    page = _page_of(tmp_path)
    assert page.index("The file lists won leads only") < page.index('class="cards"')
    assert "Won within" in page
    assert "not in the file" in page
