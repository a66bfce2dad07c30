"""What came of the leads of an import and of a campaign; every number leads to its rows."""

import re

import pytest
from django.utils import timezone

from evenhand.imports.models import Import
from evenhand.imports.operations.begin import Choices, choose, start
from evenhand.imports.operations.run import run
from evenhand.leads.models import Lead, Opportunity, OpportunityStage, Stage
from evenhand.leads.queries.filters import LeadFilter
from evenhand.leads.queries.results import results_by
from evenhand.people.scope import actor_of
from tests.server.api.caller import company
from tests.server.cast import browser
from tests.server.imports.test_imports import uploaded

pytestmark = pytest.mark.django_db


def test_results_are_counted_by_rep_and_campaign_and_lead_to_their_rows() -> None:
    people = company()
    olga = actor_of(people.olga)
    row = uploaded(olga)
    choose(row.pk, Choices(None, "展会", "2026 春季展", {}), actor=olga)
    start(row.pk, actor=olga)
    run(row.pk)
    won, lost, *_ = Lead.objects.order_by("pk")
    Lead.objects.filter(pk=won.pk).update(stage=Stage.CONVERTED, contacted_at=timezone.now())
    Lead.objects.filter(pk=lost.pk).update(stage=Stage.LOST, lost_stage=Stage.CONTACTED)
    Opportunity.objects.create(
        lead=won, owner=won.owner, state="owned", name="x", line=won.line,
        stage=OpportunityStage.WON, value=1_200_00, currency="CNY",
    )  # fmt: skip
    Lead.objects.create(name="别处", state="owned", owner=won.owner, campaign="")

    by_campaign = results_by(olga, LeadFilter(), "campaign", now=timezone.now())
    by_owner = results_by(olga, LeadFilter(of_import=row.pk), "owner_id", now=timezone.now())

    (found,) = by_campaign.values()
    assert list(by_campaign) == ["2026 春季展"]
    count = Lead.objects.filter(via="import").count()
    assert (found.all, found.lost, found.values) == (count, 1, {"CNY": 1_200_00})
    assert found.reached == {"contacted": 2, "qualified": 1, "converted": 1, "won": 1}
    assert sum(one.all for one in by_owner.values()) == count
    assert by_owner[won.owner_id].values == {"CNY": 1_200_00}

    client = browser(people.olga)
    for page in (f"/imports/{row.pk}", "/team"):
        text = client.get(page).content.decode()
        rows = re.findall(r'href="(/leads\?[^"]*(?:import|campaign)=[^"]*)">([\d,]+)<', text)
        assert len(rows) >= 7, page
        for place, number in rows:
            listed = client.get(place.replace("&amp;", "&")).content.decode()
            assert len(re.findall(r"<tr[^>]*data-row", listed)) == min(int(number), 20), place
    wanted = {"purpose": "report", "format": "csv", "password": "x"}
    content = client.post(f"/imports/{row.pk}/results", wanted).content.decode("utf-8-sig")
    assert "合计" in content and "1200" in content
    assert Import.objects.get().step == "done"
