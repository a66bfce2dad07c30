"""Every requirement of OWASP ASVS 5.0, levels 1 and 2, is answered once, by what is there."""

import re
import tomllib
from collections import Counter
from typing import Any

import pytest

from tests.docs.tables import ROOT

SHEET = tomllib.loads((ROOT / "docs" / "security" / "asvs.toml").read_text(encoding="utf-8"))
ANSWERS: list[dict[str, Any]] = SHEET["answer"]
# How many the standard has at each level.
COUNTS = {"1": 70, "2": 183}
# Which words an answer needs in each state.
NEEDS = {"met": "by", "partly": "lacks", "missing": "lacks", "not_applicable": "why"}


def test_every_requirement_is_answered_once() -> None:
    asked = [one for ids in SHEET["levels"].values() for one in ids.split()]

    assert {level: len(ids.split()) for level, ids in SHEET["levels"].items()} == COUNTS
    assert Counter(one for answer in ANSWERS for one in answer["ids"]) == Counter(set(asked))


@pytest.mark.parametrize("answer", ANSWERS, ids=lambda answer: answer["ids"][0])
def test_an_answer_says_what_its_state_needs_and_names_what_is_there(
    answer: dict[str, Any],
) -> None:
    assert answer.get(NEEDS[answer["state"]]), answer["ids"]
    assert [one for one in answer.get("by", []) if not _is_there(one)] == []


def _is_there(place: str) -> bool:
    """Whether a file is there, with the test or the heading that is named."""
    name, _, test = place.partition("::")
    name, _, heading = name.partition("#")
    file = ROOT / name
    if not file.is_file():
        return False
    text = file.read_text(encoding="utf-8")
    headings = {_anchor(one) for one in re.findall(r"^#+ (.+)$", text, re.MULTILINE)}
    return (not test or f"def {test}(" in text) and (not heading or heading in headings)


def _anchor(heading: str) -> str:
    return re.sub(r"[^a-z0-9 -]", "", heading.lower()).replace(" ", "-")


def test_what_is_not_there_is_noticed() -> None:
    """The control."""
    assert _is_there("docs/security/controls.md#keys")
    assert not _is_there("docs/security/controls.md#no-such-heading")
    assert not _is_there("tests/docs/test_asvs.py::test_of_nothing")
