"""Who may still take a customer, who may contact him, and from when."""

import json
from datetime import UTC, datetime, timedelta

from evenhand.engine.facts import ItemKind
from evenhand.engine.pool.peace import (
    Hold,
    Life,
    bars_of,
    standing_of,
    why_not_contact,
    why_not_move,
    why_not_take,
)
from evenhand.engine.pool.section import PeaceSection
from evenhand.engine.pool.spans import Span
from evenhand.engine.routing.reading import Reading

NOW = datetime(2026, 3, 31, 12, tzinfo=UTC)


def ago(**span: float) -> datetime:
    return NOW - timedelta(**span)


def test_without_terms_only_who_asked_for_peace_is_left_alone() -> None:
    life = Life((Hold("1", ago(days=9), ago(days=1)),), (ago(hours=1),) * 50)
    assert why_not_take(life, "2", None, NOW) is None
    assert why_not_contact(life, None, NOW) is None

    asked = Life(left_in_peace_at=ago(days=3))
    refused = why_not_take(asked, "2", None, NOW)
    assert refused is not None and refused.code == "peace.left_in_peace"
    # What somebody holds may change hands; a contact before the wish was none against it.
    assert why_not_move(asked, "2", PeaceSection(), NOW) is None
    assert why_not_contact(asked, None, ago(days=4)) is None


def test_a_customer_has_at_most_so_many_owners_in_his_life_and_former_ones_may_return() -> None:
    holds = tuple(Hold(rep, ago(days=900), ago(days=day)) for rep, day in (("1", 800), ("2", 9)))
    terms = PeaceSection(owners=2)
    refused = why_not_take(Life(holds), "3", terms, NOW)
    assert refused is not None
    assert (refused.code, refused["count"], refused["opens_at"]) == ("peace.owners", 2, None)
    assert why_not_take(Life(holds), "1", terms, NOW) is None
    assert why_not_take(Life(holds[:1]), "3", terms, NOW) is None


def test_within_a_period_the_first_owner_is_forgotten_to_the_minute() -> None:
    holds = tuple(Hold(rep, ago(days=60), ago(days=day)) for rep, day in (("1", 20), ("2", 10)))
    terms = PeaceSection(owners=1, owners_within=Span(30))
    refused = why_not_take(Life(holds), "3", terms, NOW)
    assert refused is not None
    opens_at = ago(days=10) + timedelta(days=30)
    assert refused["opens_at"] == opens_at.isoformat()
    assert why_not_take(Life(holds), "3", terms, opens_at - timedelta(minutes=1)) is not None
    assert why_not_take(Life(holds), "3", terms, opens_at) is None


def test_the_quiet_time_runs_from_the_last_end_and_binds_all_but_the_last_owner() -> None:
    life = Life((Hold("1", ago(days=9), ago(days=5)), Hold("2", ago(days=5), ago(hours=1))))
    terms = PeaceSection(owners=None, quiet=Span(2))
    refused = why_not_take(life, "1", terms, NOW)
    assert refused is not None and refused.code == "peace.quiet"
    assert refused["opens_at"] == (ago(hours=1) + timedelta(days=2)).isoformat()
    assert why_not_take(life, "2", terms, NOW) is None
    assert why_not_take(life, "1", terms, ago(hours=1) + timedelta(days=2)) is None


def test_one_owner_per_company() -> None:
    life = Life(held_by=frozenset({"7"}))
    refused = why_not_take(life, "1", PeaceSection(), NOW)
    assert refused is not None and refused.code == "peace.company_held"
    assert why_not_take(life, "7", PeaceSection(), NOW) is None
    assert why_not_take(life, "1", PeaceSection(one_owner_per_company=False), NOW) is None


def test_contacts_are_limited_in_a_window_that_moves() -> None:
    life = Life(contacts=(ago(days=8), ago(days=3), ago(days=1)))
    terms = PeaceSection(contacts=2, contacts_within=Span(7))
    refused = why_not_contact(life, terms, NOW)
    assert refused is not None and refused.code == "peace.contacts"
    assert refused["opens_at"] == ago(days=-4).isoformat()
    assert why_not_contact(life, terms, ago(days=-4)) is None
    shown = standing_of(life, terms, NOW)
    assert (shown.contacts, shown.contacts_limit, shown.owners_limit) == (2, 2, None)


def test_bars_say_of_everybody_what_is_said_of_one() -> None:
    holds = (Hold("1", ago(days=60), ago(days=20)), Hold("2", ago(days=9), ago(hours=1)))
    held = frozenset({"2", "3"})
    lives = [
        Life(holds[:n], left_in_peace_at=asked, held_by=by)
        for n in range(3)
        for asked in (None, ago(days=1))
        for by in (frozenset[str](), held)
    ]
    terms = [None, PeaceSection(owners=2, quiet=Span(2)), PeaceSection(one_owner_per_company=False)]
    for life in lives:
        for said in terms:
            reading = Reading(ItemKind.LEAD, (), bars=bars_of(life, said, NOW))
            for rep in "1234":
                assert reading.barred(rep) == why_not_take(life, rep, said, NOW)
            assert Reading.from_json(json.loads(json.dumps(reading.as_json()))) == reading


def test_what_the_rules_pass_on_needs_no_quiet_time() -> None:
    terms = PeaceSection(owners=None, quiet=Span(2))
    passed = Hold("1", ago(days=1), ago(hours=1), is_passed_on=True)
    assert bars_of(Life((passed,)), terms, NOW) == ()
