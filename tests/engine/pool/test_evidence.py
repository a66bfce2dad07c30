"""What proves follow-up, and what does not."""

from datetime import UTC, datetime

import pytest

from evenhand.engine.pool.evidence import Touch, weigh
from evenhand.engine.pool.section import EvidenceTerms
from evenhand.engine.pool.spans import Span, read_span

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("touch", "percent"),
    [
        (Touch(AT, "note", "none"), None),
        (Touch(AT, "call", "out"), None),
        (Touch(AT, "wechat", "out", "reply"), None),
        (Touch(AT, "call", "both", "call_record", 29), None),
        (Touch(AT, "call", "both", "call_record", 30), 100),
        (Touch(AT, "call", "both"), 50),
        (Touch(AT, "mail", "in", "reply"), 100),
        (Touch(AT, "visit", "both", "photo"), 100),
        (Touch(AT, "stage"), 100),
    ],
)
def test_only_what_is_two_way_or_verified_counts(touch: Touch, percent: int | None) -> None:
    proof = weigh(touch)
    assert (proof and proof.percent) == percent


def test_terms_of_the_company_replace_the_usual_ones() -> None:
    terms = (EvidenceTerms(evidence="call", percent=80, said_percent=0),)
    assert weigh(Touch(AT, "call", "both"), terms) is None
    assert weigh(Touch(AT, "visit", "both", "photo"), terms) is None
    proof = weigh(Touch(AT, "call", "both", "call_record", 5), terms)
    assert proof is not None and proof.percent == 80


@pytest.mark.parametrize(
    ("text", "span"),
    [("10d", Span(10)), ("1d 2h 30m", Span(1, 150)), ("2w", Span(14)), ("90m", Span(0, 90))],
)
def test_spans_are_read_and_written(text: str, span: Span) -> None:
    assert read_span(text) == span
    assert read_span(str(span)) == span
