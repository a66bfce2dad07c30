"""Every code has its sentence in every language, and no sentence is without a code or a use."""

import re
from pathlib import Path
from typing import get_args

import pytest

from evenhand.engine.facts import BUILT_IN_FIELDS, OWNER_WAYS, FieldType, ItemKind
from evenhand.engine.pool.section import ClockName
from evenhand.engine.reasons import CODES
from evenhand.engine.routing.edits import EditAct
from evenhand.engine.routing.fit import MATCHES
from evenhand.engine.scoring.section import Dimension
from evenhand.sheets.columns.roles import ROLES
from evenhand.wording.catalogue import LOCALES, message_id
from evenhand.wording.display import slug
from evenhand.wording.parameters import PARAMETERS, is_declared
from tests.docs.tables import ROOT, read_tables
from tests.wording.catalogues import HAN, messages, variables_of
from tests.wording.samples import codes

SOURCES = "\n".join(
    path.read_text(encoding="utf-8")
    for suffix in ("py", "html")
    for path in (ROOT / "src" / "evenhand").rglob(f"*.{suffix}")
    if path != ROOT / "src/evenhand/engine/reasons.py"
)

# Who or what an answer is about: a sentence that leaves these out helps nobody.
MUST_BE_NAMED = frozenset(
    {
        *("field", "value", "file", "row", "column", "name", "key", "item", "text", "person"),
        *("rep", "rule", "group", "level", "signal", "adjustment", "winner", "actor", "grade"),
    }
)

# A word of its own for each value of a family; the values come from the code.
FAMILIES: dict[str, set[str]] = {
    "item-kind": {kind.value for kind in ItemKind},
    "type": {*(type_.value for type_ in FieldType), "moment", "duration"},
    "field": {
        *(path.replace(".", "-").replace("_", "-") for path in BUILT_IN_FIELDS.fields),
        "own",
    },
    "owner-by": set(OWNER_WAYS),
    "clock-name": {slug(name) for name in get_args(ClockName)},
    "weekday": {str(number) for number in range(1, 8)},
    "dimension": {slug(dimension.value) for dimension in Dimension},
    "match": {*MATCHES, "level"},
    "act": {act.value for act in EditAct},
    "role": {
        slug(f"{role.name}.{part}" if part else role.name)
        for roles in ROLES.values()
        for role in roles.values()
        for part in ("", *role.parts)
    },
    "receipt-title": set("outcome worth rule considered excluded won lost change record".split()),
}


@pytest.mark.parametrize("locale", LOCALES)
def test_every_code_has_a_sentence(locale: str) -> None:
    assert [code for code in codes() if message_id(code) not in messages(locale, others=True)] == []


def test_every_parameter_is_declared() -> None:
    undeclared = [
        f"{code}.{name}" for code in codes() for name in CODES[code] if not is_declared(code, name)
    ]

    assert undeclared == []


def test_the_table_declares_nothing_that_no_code_has() -> None:
    known = {
        key
        for code, names in CODES.items()
        for name in names
        for key in (name, f"{code.partition('.')[0]}.{name}", f"{code}.{name}")
    }
    # Every condition that is explained is declared alike, whichever of these it has.
    alike = {key for key in PARAMETERS if key.startswith("condition.")}

    assert set(PARAMETERS) - known - alike == set()


@pytest.mark.parametrize("locale", LOCALES)
def test_a_sentence_uses_only_what_its_code_has(locale: str) -> None:
    surplus = {
        code: extra
        for code in codes()
        if (
            extra := variables_of(locale, message_id(code))
            - {name.replace("_", "-") for name in CODES[code]}
        )
    }

    assert surplus == {}


@pytest.mark.parametrize("locale", LOCALES)
def test_a_sentence_names_what_it_is_about(locale: str) -> None:
    unnamed = {
        code: missing
        for code in codes()
        if (
            missing := {
                name
                for name in MUST_BE_NAMED.intersection(CODES[code])
                if name.replace("_", "-") not in variables_of(locale, message_id(code))
            }
        )
    }

    assert unnamed == {}


def test_all_languages_have_the_same_messages() -> None:
    simplified, traditional, english = (set(messages(locale)) for locale in LOCALES)

    assert simplified == traditional == english


@pytest.mark.parametrize("locale", LOCALES)
def test_no_message_is_without_a_code_or_a_use(locale: str) -> None:
    of_codes = {message_id(code) for code in CODES}
    referred = {name for each in messages(locale).values() for name in each.references}
    of_families = {f"{family}-{value}" for family, values in FAMILIES.items() for value in values}
    unused = [
        name
        for name in messages(locale)
        if name not in of_codes | referred | of_families and f'"{name}"' not in SOURCES
    ]

    assert unused == []


@pytest.mark.parametrize("family", FAMILIES)
def test_every_value_of_a_family_has_its_word(family: str) -> None:
    wanted = {f"{family}-{value}" for value in FAMILIES[family]}

    assert wanted - set(messages("zh-Hans")) == set()


REFUSED = [
    row["not"]
    for table in read_tables(Path(ROOT) / "docs" / "glossary.md")
    for row in table
    if "not" in row
]
# From the table of settled words: said nowhere, alone or within a word.
NEVER_SAID = [
    *REFUSED,
    "策略",
    "回放",
    "广场",
    "空闲",
    "欠",
    "扣",
    "惩罚",
    "违规",
    "偷懒",
    "不合格",
]


@pytest.mark.parametrize("locale", ["zh-Hans", "zh-Hant"])
@pytest.mark.parametrize("word", NEVER_SAID)
def test_no_sentence_uses_a_refused_word(locale: str, word: str) -> None:
    assert [m.name for m in messages(locale).values() if word in m.text] == []


def test_points_are_never_called_by_the_word_for_all_of_them() -> None:
    """积分 alone is any of four kinds of points."""
    alone = re.compile("(?<!工作量)(?<!任务)积分")

    assert [m.name for m in messages("zh-Hans").values() if alone.search(m.text)] == []


MAINLAND = (
    "線索 信息 軟件 數據 文件 字段 默認 支持 單元格 保存 郵箱 打開 匹配 質量 激活 導出 渠道"
).split()


@pytest.mark.parametrize("word", MAINLAND)
def test_traditional_chinese_is_edited_and_not_converted(word: str) -> None:
    assert [m.name for m in messages("zh-Hant").values() if word in m.text] == []


@pytest.mark.parametrize(("locale", "charset"), [("zh-Hans", "gb2312"), ("zh-Hant", "cp950")])
def test_no_character_of_the_other_script_slipped_in(locale: str, charset: str) -> None:
    """The old national character sets hold one script each."""
    foreign = {
        m.name: sign
        for m in messages(locale).values()
        for sign in HAN.findall(m.text)
        if sign.encode(charset, "ignore") == b""
    }

    assert foreign == {}


@pytest.mark.parametrize("locale", ["zh-Hans", "zh-Hant"])
def test_signs_beside_chinese_characters_are_full_width(locale: str) -> None:
    narrow = re.compile(rf"{HAN.pattern}[,:;()?!]|[,:;()?!]{HAN.pattern}")

    assert [m.name for m in messages(locale).values() if narrow.search(m.text)] == []


@pytest.mark.parametrize("locale", LOCALES)
def test_quotation_marks_are_those_of_the_language(locale: str) -> None:
    wrong = "“”" if locale == "zh-Hant" else "「」"

    assert [m.name for m in messages(locale).values() if set(wrong) & set(m.text)] == []
