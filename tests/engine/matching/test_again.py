"""Somebody comes again: match, break ties, decide."""

from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.engine.matching.again import Fate, KnownLead, same_person
from evenhand.engine.matching.section import DuplicatesSection, SourceDuplicates

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


def owned(number: int) -> KnownLead:
    return KnownLead(number, "owned", 7, ("phone",))


def waiting(number: int, state: str = "queued") -> KnownLead:
    return KnownLead(number, state, None, ("email",))


def closed(number: int, days: int, owner: int | None = 7) -> KnownLead:
    return KnownLead(number, "closed", owner, ("phone",), NOW - timedelta(days=days))


@pytest.mark.parametrize(
    ("known", "section", "fate", "which"),
    [
        ([], {}, Fate.NEW, None),
        ([owned(1), owned(2)], {}, Fate.MERGED, 2),
        # Owned before waiting before pooled, whatever is newer.
        ([owned(1), waiting(2), waiting(3, "pooled")], {}, Fate.MERGED, 1),
        ([waiting(2), waiting(3, "pooled")], {}, Fate.MERGED, 2),
        ([owned(1)], {"same_person": "attach"}, Fate.ATTACHED, 1),
        # Nobody to attach it to: it is said at the lead that waits.
        ([waiting(1)], {"same_person": "attach"}, Fate.MERGED, 1),
        ([owned(1)], {"same_person": "new"}, Fate.NEW, None),
        # What was closed counts only where the policy says so, for so long, and if none is open.
        ([closed(1, 3)], {}, Fate.NEW, None),
        ([closed(1, 3), closed(2, 5)], {"closed_days": 30}, Fate.RETURNED, 1),
        ([closed(1, 31)], {"closed_days": 30}, Fate.NEW, None),
        ([closed(1, 3, owner=None)], {"closed_days": 30}, Fate.NEW, None),
        ([closed(1, 3), waiting(2)], {"closed_days": 30}, Fate.MERGED, 2),
    ],
)
def test_the_lead_that_counts_is_chosen_and_the_policy_decides(
    known: list[KnownLead], section: dict[str, object], fate: Fate, which: int | None
) -> None:
    verdict = same_person(known, DuplicatesSection(**section), source="官网", now=NOW)

    assert verdict.fate is fate
    assert (verdict.lead.id if verdict.lead else None) == which


def test_a_source_has_its_own_word_and_the_rest_is_as_for_all() -> None:
    section = DuplicatesSection(
        closed_days=30, by_source=(SourceDuplicates(source="展会", same_person="attach"),)
    )

    def fate(source: str, lead: KnownLead) -> Fate:
        return same_person([lead], section, source=source, now=NOW).fate

    assert fate("展会", owned(1)) is Fate.ATTACHED
    assert fate("官网", owned(1)) is Fate.MERGED
    assert fate("展会", closed(1, 3)) is Fate.RETURNED


_LEADS = st.builds(
    lambda number, state, days: (
        closed(number, days)
        if state == "closed"
        else KnownLead(number, state, 7 if state == "owned" else None)
    ),
    st.integers(1, 50),
    st.sampled_from(["owned", "queued", "pooled", "closed"]),
    st.integers(0, 40),
)


@given(st.lists(_LEADS, max_size=8, unique_by=lambda one: one.id), st.randoms())
def test_the_order_in_which_leads_are_found_never_matters(
    known: list[KnownLead], random: Random
) -> None:
    shuffled = random.sample(known, len(known))
    section = DuplicatesSection(same_person="attach", closed_days=20)

    assert same_person(known, section, source="", now=NOW) == same_person(
        shuffled, section, source="", now=NOW
    )
