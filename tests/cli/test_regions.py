"""`evenhand regions`: trying an address, checking a file."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from evenhand.cli.main import main


@pytest.fixture(autouse=True)
def empty_data_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody's own list of divisions stands in the way."""
    monkeypatch.setenv("EVENHAND_DATA", str(tmp_path / "data"))


def run(*words: str) -> Result:
    return CliRunner().invoke(main, ["regions", *words])


def test_an_address_is_resolved_with_its_reasons() -> None:
    said = run("resolve", "湖北省襄樊市", "--lang", "zh-Hans")

    assert said.exit_code == 0
    assert said.output.splitlines() == [
        "湖北省/襄阳市 (420600)，确定",
        "  地址写的是“湖北省襄樊市”，即 湖北省/襄阳市",
        "  襄樊市已于 2010 年更名（国务院批准），现在是 湖北省/襄阳市",
    ]


def test_what_is_ambiguous_lists_the_candidates_and_exits_with_one() -> None:
    said = run("resolve", "朝阳区", "--lang", "en")

    assert said.exit_code == 1
    first, second, *_ = said.output.splitlines()
    assert first == "Not known: several places possible"
    assert second == "It may be: 北京市/朝阳区 (110105), 吉林省/长春市/朝阳区 (220104)"


def test_fields_and_numbers_are_taken_as_options() -> None:
    said = run("resolve", "朝阳区", "--phone", "010-62345678", "--lang", "zh-Hant")

    assert said.exit_code == 0
    assert said.output.startswith("北京市/朝阳区 (110105)，很可能\n")


def test_a_good_file_is_summed_up(tmp_path: Path) -> None:
    file = tmp_path / "mine.csv"
    file.write_text(
        "code,name,aliases,became,year\n330115,未来区,,,\n330108,,,330109,2027\n330111,富春区,,,\n",
        encoding="utf-8",
    )

    said = run("check", str(file), "--lang", "en")

    assert (said.exit_code, said.output) == (
        0,
        "mine.csv can be used: 1 added, 1 ended, 1 renamed\n",
    )


def test_a_bad_file_is_refused_with_row_value_and_remedy(tmp_path: Path) -> None:
    file = tmp_path / "mine.csv"
    file.write_text("code,name\n33011,未来区\n", encoding="utf-8")

    said = run("check", str(file), "--lang", "zh-Hans")

    assert said.exit_code == 2
    assert "mine.csv 第 2 行“code”：“33011”不是六位行政区划代码" in said.output
