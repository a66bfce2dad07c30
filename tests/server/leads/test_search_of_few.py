"""A search among few leads reads them one by one, and finds what the index of all finds."""

from random import Random

import pytest
from django.utils import timezone

from evenhand.leads.access import visible
from evenhand.leads.models import Lead
from evenhand.leads.queries import leads
from evenhand.leads.queries.filters import LeadFilter
from evenhand.leads.queries.search import search_leads
from evenhand.people.actor import Actor
from tests.server.leads import company
from tests.server.leads.company import Firm

pytestmark = pytest.mark.django_db
# Few, so that they meet; with what patterns, escapes and numbers are made of.
_SIGNS = "海川信达ab%_\\'+-.1390 "
_ASKED = 150


@pytest.fixture
def firm() -> Firm:
    return company.firm()


def written(chosen: Random, most: int) -> str:
    return "".join(chosen.choices(_SIGNS, k=chosen.randint(0, most)))


def fill(firm: Firm, chosen: Random) -> None:
    for _ in range(60):
        company.lead(
            firm.rep(chosen.choice(("li", "li", "wang", "mate"))),
            name=written(chosen, 5), company_name=written(chosen, 8),
            phone=f"139{chosen.randrange(10**8):08d}", email=f"{chosen.choice('ab')}1@b.example",
            state=chosen.choice(("owned", "owned", "closed")),
        )  # fmt: skip


def sought(chosen: Random) -> str:
    """Something that somebody may type: made up, or a piece of what stands there."""
    if chosen.random() < 0.5:
        return written(chosen, 6)
    text = chosen.choice(list(Lead.objects.values_list("search", flat=True)))
    start = chosen.randrange(len(text))
    return text[start : start + chosen.randint(1, 8)]


def by_index(actor: Actor, q: str) -> list[int]:
    rows = search_leads(visible(actor).filter(state="owned"), q, actor=actor)
    return list(rows.order_by("-id").values_list("pk", flat=True))


@pytest.mark.parametrize("seed", range(3))
def test_few_leads_are_found_as_the_index_finds_them(firm: Firm, seed: int) -> None:
    chosen = Random(seed)
    fill(firm, chosen)
    lengths: set[bool] = set()
    for who in ("li", "mate", "lead"):
        actor = firm.actor(who)
        assert leads.sees_few(actor)
        for _ in range(_ASKED // 3):
            q = sought(chosen)
            wanted = LeadFilter(q=q.strip(), state="owned")
            expected = by_index(actor, q)
            some = leads.leads_within(actor, wanted, now=timezone.now())
            page = leads.lead_page(actor, wanted, now=timezone.now(), size=100)
            assert list(some.order_by("-id").values_list("pk", flat=True)) == expected, q
            assert [row.pk for row in page.rows] == expected, q
            assert (page.count.number, page.count.is_estimate) == (len(expected), False), q
            lengths.add(bool(expected))

    assert lengths == {False, True}


def test_whoever_sees_many_or_everything_asks_the_index(
    firm: Firm, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("li", "wang"):
        for _ in range(2):
            company.lead(firm.rep(name))
    monkeypatch.setattr(leads, "_SOME", leads._SOME.replace(str(leads.FEW + 1), "3"))
    monkeypatch.setattr(leads, "FEW", 2)

    assert {who: leads.sees_few(firm.actor(who)) for who in ("li", "mate", "ops")} == {
        "li": True, "mate": False, "ops": False,
    }  # fmt: skip
    for who, asks_index in (("li", False), ("mate", True), ("ops", True)):
        rows = leads.leads_within(firm.actor(who), LeadFilter(q="华为"), now=timezone.now())
        assert ("bigrams" in str(rows.query)) is asks_index
