"""Real exports of other systems, from the page to the report, with owners and history."""

import csv
import gzip
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from django.db import connection
from playwright.sync_api import Page, expect

from evenhand.imports.models import Import, Step
from evenhand.imports.operations.run import run
from evenhand.imports.queries import Counts, counts_of
from evenhand.leads.models import Activity, Company, Lead, Load, Opportunity
from evenhand.ledger.models import Posting
from evenhand.people.actor import SYSTEM
from evenhand.people.models import Rep, User
from evenhand.platform.invariants import examine
from evenhand.policies.operations.publish import publish
from tests.browser.conftest import DESK, Visitor, fits
from tests.server.builders import team
from tests.server.cast import Cast
from tests.server.routing.world import policy


@dataclass
class Desk:
    """Sales operations before the page of imports."""

    page: Page
    data: Path
    scratch: Path
    runs: list[Import] = field(default_factory=list)

    def bring_in(
        self,
        path: str,
        *,
        rows: int,
        becomes: str = "",
        kind: str = "",
        nameless: bool = False,
        columns: dict[str, str] | None = None,
        owners: dict[str, str] | None = None,
    ) -> Counts:
        """Upload the first rows of a file, choose as somebody would, let the job run, read on."""
        page = self.page
        page.goto("/imports")
        page.set_input_files("#file", self._sample(path, rows))
        page.locator("form:has(#file) button").click()
        if kind:
            page.select_option("#kind", kind)
            page.locator("form[action$='/kind'] button").click()
        for heading, role in (columns or {}).items():
            line = page.locator("tr", has=page.locator(f"input[name=column][value='{heading}']"))
            line.locator("select").select_option(role)
        if becomes:
            page.locator(f"input[name=becomes][value={becomes}]").check()
            if becomes == "keep_owner":
                page.select_option("#strangers", "leave")
        if nameless:
            page.locator("input[name=keeps_nameless]").check()
        page.locator("#choices-form button.btn:not([formaction])").last.click()
        for text, name in (owners or {}).items():
            line = page.locator("tr", has=page.locator(f"input[name=owner][value='{text}']"))
            line.locator("select").select_option(label=name)
        if owners:
            page.locator("#choices-form button.btn:not([formaction])").last.click()
        assert fits(page)
        page.locator("button[formaction$='/start']").click()
        page.locator("dialog[open] .btn-primary, dialog[open] .btn-danger").first.click()
        expect(page.locator("#import-state")).to_be_visible()
        row = Import.objects.latest("pk")
        run(row.pk)
        row.refresh_from_db()
        assert row.step == Step.DONE and row.why is None
        page.goto(f"/imports/{row.pk}")
        counts = counts_of(row)
        expect(page.locator(".figure-number").first).to_have_text(f"{counts.created:,}")
        assert counts.settled == rows
        self.runs.append(row)
        return counts

    def _sample(self, path: str, rows: int) -> Path:
        whole = (self.data / path).read_bytes()
        text = gzip.decompress(whole) if path.endswith(".gz") else whole
        found = self.scratch / Path(path).name.removesuffix(".gz")
        lines = text.splitlines(keepends=True)
        assert len(lines) > rows
        found.write_bytes(b"".join(lines[: rows + 1]))
        return found


@pytest.fixture
def desk(visitor: Visitor, people: Cast, shared_data: Path, tmp_path: Path) -> Iterator[Desk]:
    """The page of imports, and everybody whom the files name as an owner."""
    publish("direct", policy(), actor=SYSTEM)
    names = _column(shared_data / "zoho_sample/Users.csv", "Last Name")
    names += _column(shared_data / "maven_crm/sales_teams.csv", "sales_agent")
    for number, name in enumerate(names):
        user = User.objects.create(
            name=name, email=f"r{number}@old.example", role="rep", scope="self", team=team()
        )
        Rep.objects.create(user=user)
    yield Desk(visitor.visit("/imports", people.olga, width=DESK), shared_data, tmp_path)
    assert not Posting.objects.exists()  # nobody was charged
    with connection.cursor() as cursor:
        assert examine(cursor) == []


def _column(path: Path, name: str) -> list[str]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [row[name] for row in csv.DictReader(file)]


def test_companies_and_their_deals_come_in_from_the_page(desk: Desk) -> None:
    accounts = desk.bring_in("maven_crm/accounts.csv", rows=85, becomes="keep_owner")
    deals = desk.bring_in("maven_crm/sales_pipeline.csv", rows=200, becomes="keep_owner")

    assert (accounts.created, deals.created) == (85, 200)
    assert Company.objects.get(name="Bluth Company").parent.name == "Acme Corporation"
    won = Opportunity.objects.get(external_id="1C1I7A6R")
    assert (won.stage, won.owner.user.name, won.company.name) == ("won", "Moses Frase", "Cancity")
    assert won.value == 105_400 and str(won.closed_at)[:7] == "2017-02"
    held = Opportunity.objects.filter(state="owned")
    assert held.exists() and sum(Load.objects.values_list("open_count", flat=True)) == held.count()


@pytest.mark.slow
def test_a_whole_crm_comes_in_from_the_page(desk: Desk) -> None:
    zoho = "zoho_sample"
    accounts = desk.bring_in(f"{zoho}/Accounts.csv.gz", rows=2229, becomes="keep_owner")
    leads = desk.bring_in(f"{zoho}/Leads.csv.gz", rows=3900, becomes="keep_owner")
    deals = desk.bring_in(f"{zoho}/Potentials.csv.gz", rows=3632, becomes="keep_owner")
    calls = desk.bring_in(f"{zoho}/Calls.csv.gz", rows=4100)
    events = desk.bring_in(f"{zoho}/Events.csv.gz", rows=2978)
    tasks = desk.bring_in(f"{zoho}/Tasks.csv.gz", rows=2978)

    # Companies of one name are one company; every row is accounted for.
    assert accounts.created > 800 and accounts.rejected < 5
    assert leads.created + leads.repeated == 3900 and deals.created + deals.repeated == 3632
    owned = Lead.objects.filter(state="owned")
    assert owned.exists() and not owned.filter(contact_due_at__isnull=False).exists()
    assert max(Lead.objects.values_list("created_at", flat=True)).year == 2021
    assert Opportunity.objects.filter(lead__isnull=False).count() == deals.created
    # What names nobody whom we know is rejected with the reason; tasks name nobody at all.
    assert calls.created > 500 and events.created > 500 and tasks.created == 0
    assert Activity.objects.filter(user__name="Lazar Mathew", channel="call").exists()
    assert Activity.objects.filter(channel="call", seconds__gt=0, direction="in").exists()


@pytest.mark.slow
def test_leads_without_names_come_in_from_the_page(desk: Desk) -> None:
    olist = "olist_funnel"
    path = f"{olist}/olist_mql_before_2018_03.csv.gz"
    leads = desk.bring_in(path, rows=4171, becomes="leave", nameless=True)
    won = desk.bring_in(
        f"{olist}/olist_closed_for_those.csv.gz",
        rows=362,
        kind="opportunity",
        becomes="keep_owner",
        owners={"4ef15afb4b2723d8f3d81e51ec7afefe": "Anna Snelling · 华东"},
    )
    pupils = desk.bring_in(
        "xeducation_leads/xedu_dev.csv.gz", rows=6500, becomes="leave", nameless=True
    )
    called = desk.bring_in(
        "bank_calls/bank-full.csv.gz",
        rows=5_000,
        becomes="leave",
        nameless=True,
        columns={"contact": "custom", "campaign": "custom", "y": "outcome"},
    )

    assert (leads.created, won.created, pupils.created, called.created) == (4171, 362, 6500, 5000)
    deals = Opportunity.objects.filter(stage="won")
    assert deals.filter(lead__isnull=False).count() == 362
    assert deals.filter(owner__user__name="Anna Snelling").exists()
    sold = Lead.objects.filter(stage="converted", source="Google").count()
    assert sold > 100 and Lead.objects.filter(stage="lost", close_reason="other").exists()
