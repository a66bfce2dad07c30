"""The guides show a receipt as the product writes it today."""

import pytest

from tests.docs.tables import ROOT
from tests.wording.example import page


@pytest.mark.parametrize(
    ("locale", "guide"), [("en", "receipt.md"), ("zh-Hans", "receipt.zh-CN.md")]
)
def test_a_guide_shows_the_receipt_as_it_is(locale: str, guide: str) -> None:
    written = (ROOT / "docs" / "guide" / guide).read_text(encoding="utf-8")

    assert f"```text\n{page(locale)}\n```" in written
