"""What makes something suspect, and what does not."""

from collections.abc import Mapping
from typing import Any

import pytest

from evenhand.forms.spam import WORK_BITS, is_worked, suspicions

USUAL: dict[str, Any] = {"trapped": False, "blocked": (), "most_links": 2, "same_before": 0}


@pytest.mark.parametrize(
    ("values", "how", "expected"),
    [
        ({"name": "王芳", "note": "想买两台，见 https://a.example 和 www.b.example"}, {}, []),
        ({"note": "http://a http://b [url=x]"}, {}, ["form.spam_links"]),
        ({"note": "http://a"}, {"most_links": 0}, ["form.spam_links"]),
        ({"company": "Best CASINO Ltd"}, {"blocked": ("casino",)}, ["form.spam_word"]),
        ({"note": "代开 发票"}, {"blocked": ("发票", "代开")}, ["form.spam_word"]),
        ({"note": "x"}, {"same_before": 1}, []),
        ({"note": "x"}, {"same_before": 2}, ["form.spam_repeated"]),
        ({"note": "x"}, {"trapped": True}, ["form.spam_trap"]),
    ],
)
def test_suspicion_has_its_reason(
    values: Mapping[str, str], how: Mapping[str, Any], expected: list[str]
) -> None:
    assert [one.code for one in suspicions(values, **{**USUAL, **how})] == expected


def test_the_sum_holds_for_its_ticket_alone() -> None:
    nonce = next(str(n) for n in range(1 << (WORK_BITS + 4)) if is_worked("ticket", str(n)))

    assert not is_worked("another", nonce)
    for wrong in ("", "-1", "1.5", "x", "9" * 13, "１"):
        assert not is_worked("ticket", wrong)
