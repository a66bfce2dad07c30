"""What cannot be used is said in one sentence: field, value, remedy, in the reader's language."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.cli.world import LEADS, Desk, Ran, people, policy, pool, share

LANGS = ("zh-Hans", "zh-Hant", "en")
HAN = re.compile(r"[\u4e00-\u9fff]")
ENGLISH_SENTENCE = re.compile(r"\b(the|is|not|and|cannot)\b (?!evenhand)")


def is_one_sentence(ran: Ran, lang: str, *told: str, count: int = 1) -> None:
    """Exit code 2; so many sentences, in the language, that name what is wrong."""
    assert ran.code == 2, ran
    assert len(ran.complaints) == count, ran.complained
    assert "Traceback" not in ran.complained
    for word in told:
        assert word in ran.complained
    for sentence in ran.complaints:
        assert bool(HAN.search(sentence)) or lang == "en", sentence
    assert not any(rest in ran.complained for rest in ("None", "{", "}", "Error(", "no-value"))


# -- sheets ------------------------------------------------------------------------------------

OLE = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600)
FILES: dict[str, tuple[str, bytes]] = {
    "a PDF": ("leads.csv", b"%PDF-1.7\n" + bytes(range(256))),
    "an old workbook": ("leads.xls", OLE),
    "an old workbook by another name": ("leads.xlsx", OLE),
    "nothing": ("leads.csv", b""),
    "blank lines": ("leads.csv", b"\n\n,,\n"),
    "zeros": ("leads.csv", b"id,name\n" + bytes(50) + b"\n"),
    "a damaged workbook": ("leads.xlsx", b"PK\x03\x04" + bytes(90)),
    "an open quotation mark": ("leads.csv", b'id,name\n1,"Li\n2,Wang\n'),
    "a picture": ("leads.csv", b"\x89PNG\r\n\x1a\n" + bytes(range(256))),
    "an unknown ending": ("leads.pages", b"id,name\n1,Li\n"),
}


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("what", FILES)
def test_a_file_that_is_no_sheet(desk: Desk, what: str, lang: str) -> None:
    name, content = FILES[what]
    desk.path(name).write_bytes(content)

    is_one_sentence(desk.try_route(leads=name, lang=lang), lang, name)
    assert not desk.path("out").exists()


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("which", ["leads", "team", "history", "policy", "days"])
def test_a_file_that_is_not_there(desk: Desk, which: str, lang: str) -> None:
    desk.path("folder").mkdir()
    for name in ("nowhere.csv", "folder"):
        if which in ("leads", "team"):
            ran = desk.try_route(lang=lang, **{which: name})
        else:
            ran = desk.try_route(f"--{which}", desk.path(name), lang=lang)

        is_one_sentence(ran, lang, name)
        assert not desk.path("out").exists()


@pytest.mark.parametrize("lang", LANGS)
def test_a_team_that_names_nobody(desk: Desk, lang: str) -> None:
    desk.csv("team.csv", ["工号,姓名,区域", ",,浙江"])

    is_one_sentence(desk.try_route(lang=lang), lang)


@pytest.mark.parametrize("lang", LANGS)
def test_an_id_that_stands_for_two_people(desk: Desk, lang: str) -> None:
    desk.csv("team.csv", people("R1,陈一", "R2,林二", "R1,周三"))

    is_one_sentence(desk.try_route(lang=lang), lang, "R1", "4")


# -- options -----------------------------------------------------------------------------------

OPTIONS: dict[str, tuple[tuple[str, ...], str]] = {
    "no time": (("--at", "morgen"), "morgen"),
    "a time out of time": (("--at", "0001-01-01T00:00"), "0001-01-01"),
    "no time zone": (("--zone", "Asia/Atlantis"), "Asia/Atlantis"),
    "a folder of zones": (("--zone", "Asia"), "Asia"),
    "no country": (("--country", "XX"), "XX"),
    "no part of a country": (("--country", "DE-XX"), "XX"),
    "no hours": (("--hours", "nine to five"), "nine to five"),
    "hours that overlap": (("--hours", "09:00-12:00, 11:00-18:00"), "11:00"),
    "a column that is not there": (("--map", "电话2=phone"), "电话2"),
    "a role that is none": (("--map", "姓名=spitzname"), "spitzname"),
    "a column mapped twice": (("--map", "姓名=name", "--map", "姓名=note"), "姓名"),
    "no mapping at all": (("--map", "姓名"), "姓名"),
    "a column of the team that is not there": (("--team-map", "薪水=weight"), "薪水"),
}


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("what", OPTIONS)
def test_an_option_that_cannot_be_used(desk: Desk, what: str, lang: str) -> None:
    arguments, told = OPTIONS[what]

    is_one_sentence(desk.try_route(*arguments, lang=lang), lang, told)
    assert not desk.path("out").exists()


@pytest.mark.parametrize("lang", LANGS)
def test_a_file_of_days_that_cannot_be_read(desk: Desk, lang: str) -> None:
    days = desk.csv("days.csv", ["date,kind", "2026-13-01,holiday"])

    is_one_sentence(desk.try_route("--days", days, lang=lang), lang, "2026-13-01", "days.csv")


@pytest.mark.parametrize("lang", LANGS)
def test_a_folder_that_cannot_be_written(desk: Desk, lang: str) -> None:
    is_one_sentence(desk.try_route(out="leads.csv/out", lang=lang), lang, "leads.csv")
    assert desk.path("leads.csv").read_text("utf-8-sig").splitlines()[0] == LEADS[0]


# -- policies ----------------------------------------------------------------------------------


def broken(name: str) -> tuple[bytes, tuple[str, ...], int]:
    """A policy file, what must be said of it, and in how many sentences."""
    document = policy()
    match name:
        case "not text":
            return b"\xff\xfe\x00\x01", (), 1
        case "not YAML":
            return b"rules: [\n", (), 1
        case "a list":
            return b"- 1\n- 2\n", (), 1
        case "an unknown key":
            document["rulez"] = []
            told: tuple[str, ...] = ("rulez", "rules")
        case "an unknown group":
            document = policy(share(group="nobody"))
            told = ("rules[1].to.group", "nobody")
        case "an unknown pool":
            document = policy({**pool(), "to": {"strategy": "pool", "pool": "sea"}})
            told = ("rules[1].to.pool", "sea")
        case "an unknown field":
            document = policy(share(when="lead.regoin = '浙江'"))
            told = ("rules[1].when", "lead.regoin")
        case "a comparison of unlike things":
            document = policy(share(when="lead.budget contains 'x'"))
            told = ("rules[1].when", "lead.budget")
        case _:
            document = policy(share(when="lead.regoin = 1"), share("b", group="nobody"))
            document["grades"]["ungraded"] = "Z"
            return json.dumps(document).encode(), ("rules[2].to.group", "Z"), 2
    return json.dumps(document).encode(), told, 1


POLICIES = (
    "not text",
    "not YAML",
    "a list",
    "an unknown key",
    "an unknown group",
    "an unknown pool",
    "an unknown field",
    "a comparison of unlike things",
    "several mistakes",
)


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("what", POLICIES)
def test_a_policy_that_cannot_be_used(desk: Desk, what: str, lang: str) -> None:
    content, told, count = broken(what)
    desk.path("policy.yaml").write_bytes(content)

    ran = desk.try_route("--policy", desk.path("policy.yaml"), lang=lang)

    is_one_sentence(ran, lang, *told, count=count)
    assert not desk.path("out").exists()


def test_somebody_named_who_is_not_in_the_team_is_said(desk: Desk) -> None:
    rule = {
        "rule": "boss",
        "to": {"strategy": "person", "rep": "老板", "if_absent": "next_rule"},
        "if_nobody": {"do": "next_rule"},
    }

    ran = desk.try_route("--policy", desk.policy(policy(rule, share())))

    assert ran.code == 0
    assert "老板" in ran.said


# -- receipts and edits ------------------------------------------------------------------------


def empty(path: Path) -> None:
    path.write_bytes(b"")


def picture(path: Path) -> None:
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)))


def sheet(path: Path) -> None:
    path.write_text("\n".join(LEADS), "utf-8")


def without_start(path: Path) -> None:
    lines = path.read_text("utf-8").splitlines(keepends=True)
    path.write_text("".join(line for line in lines if '"t":"start"' not in line), "utf-8")


def absent(path: Path) -> None:
    path.unlink()


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("spoil", [empty, picture, sheet, absent])
def test_a_receipt_file_that_is_none(desk: Desk, spoil: Callable[[Path], None], lang: str) -> None:
    results = desk.route()
    spoil(results.receipts)
    before = results.contents()

    for ran in (
        desk.replay(lang=lang),
        desk.explain("L1", "R1", lang=lang),
        desk.book("L1,void,,,,,", lang=lang),
    ):
        is_one_sentence(ran, lang, "receipts.jsonl")
    assert results.contents() == before


@pytest.mark.parametrize("lang", LANGS)
def test_a_receipt_file_from_which_the_start_is_missing(desk: Desk, lang: str) -> None:
    without_start(desk.route().receipts)

    for ran in (desk.replay(lang=lang), desk.explain("L1", "R1", lang=lang)):
        is_one_sentence(ran, lang, "receipts.jsonl")


@pytest.mark.parametrize("lang", LANGS)
def test_a_lead_or_a_person_that_nobody_knows(desk: Desk, lang: str) -> None:
    desk.route()

    is_one_sentence(desk.explain("L99", lang=lang), lang, "L99")
    is_one_sentence(desk.explain("L1", "Nobody", lang=lang), lang, "Nobody")


def test_a_name_that_two_people_have_names_neither(desk: Desk) -> None:
    desk.csv("team.csv", people("R1,陈一", "R2,陈一"))
    desk.route()

    assert desk.explain("L1", "陈一").code == 2
    assert desk.explain("L1", "R2").code == 0


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("name", ["state.json", "team.json", "policy.yaml"])
def test_a_folder_from_which_something_is_missing_or_damaged(
    desk: Desk, name: str, lang: str
) -> None:
    results = desk.route()
    (results.folder / name).write_text("]", "utf-8")
    damaged = desk.book("L1,void,,,,,", lang=lang)
    (results.folder / name).unlink()
    missing = desk.book("L1,void,,,,,", lang=lang)

    is_one_sentence(damaged, lang)
    is_one_sentence(missing, lang, name)
    assert not results.lines("edit")


@pytest.mark.parametrize("lang", LANGS)
def test_a_folder_that_is_not_there(desk: Desk, lang: str) -> None:
    is_one_sentence(desk.book("L1,void,,,,,", out="nowhere", lang=lang), lang, "nowhere")


@pytest.mark.parametrize("lang", LANGS)
def test_edits_that_cannot_be_read(desk: Desk, lang: str) -> None:
    results = desk.route()

    ran = desk.run("book", desk.path("none.csv"), "--out", results.folder, lang=lang)

    is_one_sentence(ran, lang, "none.csv")


@pytest.fixture(scope="module")
def recorded(tmp_path_factory: pytest.TempPathFactory) -> tuple[Desk, str]:
    """A desk that was routed on and booked on, and its receipts."""
    desk = Desk(tmp_path_factory.mktemp("recorded"))
    header = "工号,姓名,容量上限"
    desk.csv("team.csv", people("R1,陈一,2", "R2,林二,", header=header))
    results = desk.route()
    assert desk.book("L1,void,,,,,").code == 0
    return desk, results.receipts.read_text("utf-8")


@settings(max_examples=30)
@given(data=st.data())
def test_whatever_happens_to_a_receipt_file_ends_in_a_sentence(
    recorded: tuple[Desk, str], data: st.DataObject
) -> None:
    desk, text = recorded
    lines = text.splitlines(keepends=True)
    at = data.draw(st.integers(0, len(lines) - 1))
    place = data.draw(st.integers(0, len(lines[at]) - 1))
    lines[at] = data.draw(
        st.sampled_from(
            [
                "",
                lines[at][:place],
                lines[at][:place] + lines[at][place + 1 :],
                lines[at][:place] + "7" + lines[at][place + 1 :],
                lines[at] * 2,
                '{"t":"decision"}\n',
                '{"t":"edit","i":"L2"}\n',
                "[1]\n",
                "\ufffd\n",
                lines[-1],
            ]
        )
    )
    desk.path("out/receipts.jsonl").write_text("".join(lines), "utf-8")

    for ran in (desk.replay(), desk.explain("L2", "R1"), desk.book("L2,void,,,,,")):
        assert ran.code in (0, 1, 2)
        assert ran.said or ran.complained
        assert "Traceback" not in ran.complained


# -- the terminal ------------------------------------------------------------------------------


def test_a_terminal_gets_the_sentence_and_the_exit_code(desk: Desk) -> None:
    desk.csv("team.csv", ["工号,姓名"])
    src = str(Path(__file__).parents[2] / "src")

    command = [sys.executable, "-m", "evenhand.cli", "route", "leads.csv"]
    done = subprocess.run(
        [*command, "--team", "team.csv", "--out", "out"],
        cwd=desk.folder,
        env={**os.environ, "PYTHONPATH": src, "LC_ALL": "zh_CN.UTF-8", "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )

    assert done.returncode == 2
    assert done.stdout == ""
    assert len(done.stderr.splitlines()) == 1
    assert HAN.search(done.stderr)
