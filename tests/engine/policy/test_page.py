"""The page docs/algorithms/policy.md: every block of YAML on it can be read."""

import re
from pathlib import Path
from typing import Any

import pytest

from evenhand.engine.policy.check import check
from evenhand.engine.policy.document import PolicyDocument
from evenhand.engine.policy.lint import STEPS, STEPS_PER_SEARCH
from evenhand.engine.policy.load import plain_from_text, policy_from_plain
from evenhand.engine.policy.text import MOST_BYTES, MOST_DEPTH

PAGE = Path(__file__).parents[3] / "docs/algorithms/policy.md"
TEXT = PAGE.read_text("utf-8")
BLOCKS = re.findall(r"^```yaml\n(.*?)^```", TEXT, re.MULTILINE | re.DOTALL)
WHOLE = plain_from_text(BLOCKS[0])


def _merged(block: str) -> dict[str, Any]:
    """A block of some sections, put into the smallest policy; its levels and groups stay."""
    return {**WHOLE, **plain_from_text(block)}


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: block.split(":")[0])
def test_a_block_is_a_sound_policy(block: str) -> None:
    document = policy_from_plain(_merged(block))

    assert check(document) == ()


def test_the_page_shows_every_section() -> None:
    shown = {key for block in BLOCKS for key in plain_from_text(block)}

    schema = {spec.alias or name for name, spec in PolicyDocument.model_fields.items()}
    assert schema - shown <= {"version", "note"}


def test_the_bounds_on_the_page_are_those_of_the_code() -> None:
    for bound in (MOST_BYTES, MOST_DEPTH, STEPS_PER_SEARCH, STEPS):
        assert f"{bound:,}" in TEXT
