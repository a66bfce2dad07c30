"""`evenhand policy`: lint, diff, show, init, in three languages."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from evenhand.cli.policy.command import example_text, policy
from evenhand.cli.policy_file import place_text, read_policy_file
from evenhand.engine.policy.lint import lint as findings_in
from evenhand.engine.policy.load import read_policy
from evenhand.engine.policy.problem import InvalidPolicy
from evenhand.engine.policy.yaml_view import to_yaml
from evenhand.wording.catalogue import LOCALES
from tests.engine.policy.documents import NOW, rich, small

GOOD = """\
schema: 1
grades: {thresholds: [{grade: A}], ungraded: A}
points: {base: {A: 8}}
groups:
  - {group: 全员, who: true}
rules:
  - rule: 百度
    when: lead.source = 百度
    to: {strategy: fair_share, group: 全员}
    if_nobody: {do: wait}
  - rule: 其余
    to: {strategy: fair_share, group: 全员}
    if_nobody: {do: wait}
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A sound policy."""
    return _written(tmp_path / "policy.yaml", GOOD)


def _written(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def _run(*args: object) -> Result:
    result = CliRunner().invoke(policy, [str(one) for one in args])
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result


def _lint(file: Path, *args: object, lang: str = "zh-Hans") -> Result:
    return _run("lint", file, "--lang", lang, *args)


# -- lint --------------------------------------------------------------------------------------


def test_a_sound_policy_passes_and_says_what_was_not_found(file: Path) -> None:
    result = _lint(file, "--strict")

    assert result.exit_code == 0
    assert "没有找到无规则可接的线索" in result.output
    assert result.output.splitlines()[-1] == "错误 0 个，警告 0 个，提示 1 个"


def test_a_warning_fails_only_when_asked_to_be_strict(file: Path) -> None:
    _written(
        file, GOOD.replace("  - rule: 其余\n", "  - rule: 其余\n    when: lead.source = 百度\n")
    )

    lenient, strict = _lint(file), _lint(file, "--strict")

    assert (lenient.exit_code, strict.exit_code) == (0, 1)
    assert "policy.yaml:11: 警告: rules[2](其余): 没有找到能走到规则“其余”的例子" in lenient.output
    assert "有的线索没有规则接，例如：" in lenient.output


def test_a_condition_that_cannot_mean_anything_is_an_error(file: Path) -> None:
    _written(file, GOOD.replace("lead.source = 百度", "lead.sorce = 百度"))

    result = _lint(file)

    assert result.exit_code == 2
    assert "policy.yaml:8: 错误: rules[1](百度).when: " in result.output
    assert "lead.source" in result.output


def test_a_policy_that_cannot_be_read_names_every_line(file: Path) -> None:
    broken = GOOD.replace(
        "group: 全员}\n    if_nobody: {do: wait}\n  - rule", "group: 全圆}\n  - rule"
    )
    _written(file, broken + "rulez: 1\n")

    result = _lint(file)

    assert result.exit_code == 2
    lines = result.output.splitlines()
    assert lines[0].startswith("policy.yaml:7: 错误: rules[1].if_nobody: 缺少 if_nobody")
    assert lines[1].startswith("policy.yaml:13: 错误: rulez: 不认识“rulez”；是不是 rules？")
    assert lines[-1] == "错误 2 个，警告 0 个，提示 0 个"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\xff\xfe\x00", "不是 UTF-8"),
        (b"a: &x 1\n", "锚点"),
        (b"", "最外层"),
        (b"a: [1\n", "不是 YAML"),
    ],
)
def test_a_file_that_is_no_policy_is_refused_in_words(
    tmp_path: Path, content: bytes, said: str
) -> None:
    file = tmp_path / "policy.yaml"
    file.write_bytes(content)

    for command in (["lint", file], ["show", file], ["diff", file, file]):
        result = _run(*command, "--lang", "zh-Hans")

        assert result.exit_code == 2
        assert said in result.output


@pytest.mark.parametrize(
    ("lang", "said"),
    [("zh-Hans", "例如：lead.source"), ("zh-Hant", "例如：lead.source"), ("en", "Example: lead")],
)
def test_findings_are_told_in_the_language_asked_for(file: Path, lang: str, said: str) -> None:
    _written(file, GOOD[: GOOD.index("  - rule: 其余")])

    assert said in _lint(file, lang=lang).output


def test_a_team_shows_whether_groups_are_empty(file: Path, tmp_path: Path) -> None:
    _written(file, GOOD.replace("who: true", "who: rep.region contains 华东"))
    team = _written(tmp_path / "team.csv", "姓名,负责区域\n张三,华南\n李四,华北\n")

    without, beside = _lint(file), _lint(file, "--team", team)

    assert "没有团队名单" in without.output
    assert "分配组“全员”现在没有人" in beside.output
    assert "没有团队名单" not in beside.output


def test_columns_of_the_team_sheet_are_fields_that_conditions_may_name(
    file: Path, tmp_path: Path
) -> None:
    _written(file, GOOD.replace("who: true", "who: rep.证书 is not empty"))
    team = _written(tmp_path / "team.csv", "姓名,证书\n张三,高级\n李四,初级\n")

    assert _lint(file).exit_code == 2
    assert _lint(file, "--team", team).exit_code == 0


def test_a_team_that_cannot_be_read_is_refused(file: Path, tmp_path: Path) -> None:
    team = _written(tmp_path / "team.csv", "姓名\n")

    assert _lint(file, "--team", team).exit_code == 2


# -- diff --------------------------------------------------------------------------------------


def test_a_diff_speaks_in_sentences(file: Path, tmp_path: Path) -> None:
    new = _written(
        tmp_path / "new.yaml",
        GOOD.replace("lead.source = 百度", "lead.source in (百度, 抖音)").replace("A: 8", "A: 10")
        + "fairness: {tau: 50}\nnote: 试一个月\n",
    )

    result = _run("diff", file, new, "--lang", "zh-Hans")

    assert result.exit_code == 0
    assert result.output.splitlines() == [
        "匹配加分上限 τ：P = 8 → 5P = 50",
        "等级 A 的基础分值：8 → 10",
        '规则“百度”的适用条件：lead.source = "百度" → lead.source in ("百度", "抖音")',
        "整份规则：新增备注“试一个月”",
    ]


def test_two_spellings_of_one_policy_do_not_differ(file: Path, tmp_path: Path) -> None:
    again = _written(tmp_path / "again.json", read_policy(GOOD).canonical_json())

    assert _run("diff", file, again, "--lang", "en").output == "Both policies mean the same\n"


@pytest.mark.parametrize("lang", LOCALES)
def test_every_sentence_of_a_long_diff_can_be_formed(lang: str, tmp_path: Path) -> None:
    old = _written(tmp_path / "old.yaml", to_yaml(small()))
    new = _written(tmp_path / "new.yaml", to_yaml(rich()))

    there, back = (_run("diff", *pair, "--lang", lang) for pair in ((old, new), (new, old)))

    assert (there.exit_code, back.exit_code) == (0, 0)
    assert len(there.output.splitlines()) > 20
    assert "no-value" not in there.output + back.output


# -- show --------------------------------------------------------------------------------------


def test_what_is_shown_is_the_same_policy_with_its_defaults(file: Path) -> None:
    result = _run("show", file)

    assert result.exit_code == 0
    assert read_policy(result.output) == read_policy(GOOD)
    assert result.output.startswith(f"# {read_policy(GOOD).label}\n")
    assert "grade_books: true" in result.output


def test_a_brief_view_leaves_defaults_out(file: Path) -> None:
    result = _run("show", file, "--brief")

    assert read_policy(result.output) == read_policy(GOOD)
    assert "grade_books" not in result.output


def test_the_canonical_json_is_shown_as_it_is_digested(file: Path) -> None:
    result = _run("show", file, "--json")

    assert json.loads(result.output) == read_policy(GOOD).as_plain()
    assert result.output.strip() == read_policy(GOOD).canonical_json()


# -- init --------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", LOCALES)
def test_the_example_is_written_with_comments_and_lints_clean(lang: str, tmp_path: Path) -> None:
    out = tmp_path / "policy.yaml"

    written = _run("init", "--out", out, "--lang", lang)
    checked = _lint(out, "--strict", lang=lang)

    assert (written.exit_code, checked.exit_code) == (0, 0)
    assert out.name in written.output
    assert out.read_text("utf-8").count("#") > 20


@pytest.mark.parametrize("lang", LOCALES)
def test_the_example_uses_what_it_explains(lang: str) -> None:
    document = read_policy(example_text(lang))

    report = findings_in(document, now=NOW)

    assert [one.why.code for one in report.problems] == ["lint.groups_unchecked"]
    assert document.scoring is not None
    assert all((document.levels, document.groups, document.rules, document.pools, document.note))
    assert all(
        any(one.note for one in part) for part in (document.rules, document.points.adjustments)
    )
    assert document.capacity.windows and document.fit.mode == "declared"


def test_the_examples_are_one_policy_in_three_languages() -> None:
    shapes = [_shape(read_policy(example_text(lang)).as_plain()) for lang in LOCALES]

    assert shapes[0] == shapes[1] == shapes[2]


def _shape(plain: object) -> object:
    """The keys and the lengths of lists, without the words."""
    if isinstance(plain, dict):
        if set(plain) <= {"华东", "华南", "华北", "北部", "中部", "南部", "East", "South", "West"}:
            return len(plain)
        return {key: _shape(inner) for key, inner in plain.items()}
    if isinstance(plain, list) and plain and isinstance(plain[0], dict):
        return [_shape(inner) for inner in plain]
    return type(plain).__name__


def test_a_file_is_never_overwritten_without_asking(tmp_path: Path) -> None:
    out = _written(tmp_path / "policy.yaml", "mine")

    refused = _run("init", "--out", out, "--lang", "en")

    assert (refused.exit_code, out.read_text("utf-8")) == (2, "mine")
    assert "--force" in refused.output
    assert _run("init", "--out", out, "--lang", "en", "--force").exit_code == 0
    assert out.read_text("utf-8") == example_text("en")


# -- the file ----------------------------------------------------------------------------------


def test_a_byte_order_mark_does_not_matter(tmp_path: Path) -> None:
    file = tmp_path / "policy.yaml"
    file.write_bytes(b"\xef\xbb\xbf" + GOOD.encode())

    assert read_policy_file(file).document == read_policy(GOOD)


def test_a_file_in_another_encoding_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "policy.yaml"
    file.write_bytes(GOOD.encode("gb18030"))

    with pytest.raises(InvalidPolicy) as caught:
        read_policy_file(file)

    assert caught.value.problems[0].why.code == "policy.not_utf8"


def test_a_place_names_the_parts_on_the_way() -> None:
    plain = rich().as_plain()

    assert place_text(("rules", 2, "to", "group"), plain) == "rules[3](华东).to.group"
    assert place_text(("scoring", "signals", 1), plain) == "scoring.signals[2](询价)"
    assert place_text(("groups", 1, "members", 0), plain) == "groups[2](点名).members[1]"
    assert place_text(("nowhere", 7, "x"), plain) == "nowhere[8].x"
    assert place_text((), plain) == ""
