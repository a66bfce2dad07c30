"""The glossary: every idea has one word in each language, and no word stands for two ideas."""

from collections import Counter
from pathlib import Path

import pytest

from tests.docs.tables import ROOT, read_tables

TABLES = read_tables(ROOT / "docs" / "glossary.md")
IDEAS = [row for table in TABLES for row in table if "English" in row]
REFUSED = [row for table in TABLES for row in table if "not" in row]
LANGUAGES = ["English", "简体中文", "繁體中文"]

# What people read in Simplified Chinese: the words of the screen, the pages and the documents.
READ_BY_PEOPLE = sorted(
    [
        ROOT / "README.zh-CN.md",
        *(ROOT / "docs").glob("guide/**/*.md"),
        *(ROOT / "src").rglob("*.ftl"),
        *(ROOT / "src").rglob("*.html"),
        *(ROOT / "src").rglob("*.j2"),
    ]
)


def test_an_idea_has_its_word_in_all_three_languages() -> None:
    assert [row for row in IDEAS if not all(row[language] for language in LANGUAGES)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_word_stands_for_two_ideas(language: str) -> None:
    words = Counter(row[language].casefold() for row in IDEAS)

    assert [word for word, count in words.items() if count > 1] == []


def test_what_a_refused_word_is_replaced_by_stands_in_the_glossary() -> None:
    settled = {row["简体中文"] for row in IDEAS}

    assert REFUSED
    assert [row["but"] for row in REFUSED if row["but"] not in settled] == []


def test_no_text_uses_a_refused_word() -> None:
    said = [
        (str(text.relative_to(ROOT)), word) for text in READ_BY_PEOPLE for word in _refused_in(text)
    ]

    assert said == []


def _refused_in(text: Path) -> list[str]:
    written = text.read_text(encoding="utf-8")
    return [row["not"] for row in REFUSED if row["not"] in written]
