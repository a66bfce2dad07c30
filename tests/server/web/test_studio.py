"""The studio's pages: the form and the text are two sides of one draft."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from evenhand.engine.policy.document import PolicyDocument
from evenhand.engine.policy.load import read_policy
from evenhand.leads.models import Lead
from evenhand.people.actor import SYSTEM
from evenhand.policies.models import PolicyVersion
from evenhand.policies.operations.publish import publish
from tests.server.cast import browser
from tests.server.policies.studio import Studio, second_rule, text
from tests.server.routing.world import SHARE, policy

pytestmark = pytest.mark.django_db


class Pages:
    """Olga at her desk, and what others see."""

    def __init__(self) -> None:
        self.own = Studio()
        self.olga = browser(self.own.people.olga)
        self.alice = browser(self.own.people.alice)
        self.url = f"/policies/{self.own.line.pk}"

    def read(self, client: Client, path: str) -> str:
        """A page's text."""
        answer = client.get(f"{self.url}{path}", follow=True)
        assert answer.status_code == 200
        return str(answer.content.decode())

    def begin(self) -> None:
        """Olga begins to edit."""
        assert self.olga.post(f"{self.url}/edit/hold").status_code == 302

    def type(self, typed: str, client: Client | None = None, **more: Any) -> str:
        """YAML typed into the page, as its script sends it; what comes back."""
        fields = {"text": typed, "edition": self.own.copy.edition, **more}
        answer = (client or self.olga).post(
            f"{self.url}/edit/text", fields, headers={"HX-Request": "true"}
        )
        assert answer.status_code == 200
        return str(answer.content.decode())

    def form(self, part: str, **fields: Any) -> Any:
        """A form sent."""
        sent = {"part": part, "edition": self.own.copy.edition, "act": "save", **fields}
        return self.olga.post(f"{self.url}/edit/part", sent)

    @property
    def document(self) -> PolicyDocument:
        """What the draft means."""
        return read_policy(self.own.copy.text)


RULE = {
    "name": "官网的",
    "is_enabled": "on",
    "when": "lead.source in (官网)",
    "strategy": "rotation",
    "group": "全体",
    "who": "rep.language contains 英语",
    "match": ["region", "product"],
    "nobody": "escalate",
    "nobody_rep": "Tom",
    "note": "试一个月",
}


def test_typing_keeps_the_text_finds_mistakes_and_rewrites_the_form() -> None:
    pages = Pages()
    pages.begin()

    broken = pages.type("rules: [")
    assert pages.own.copy.text == "rules: [" and 'data-line="1"' in broken
    mended = pages.type(text(rules=[second_rule(), SHARE]))

    assert "预算大于 500,000" in mended and 'hx-swap-oob="innerHTML"' in mended
    assert f'value="{pages.own.copy.edition}" hx-swap-oob' in mended


def test_a_rule_by_form_rewrites_the_text_and_opens_again_as_it_was() -> None:
    pages = Pages()
    pages.begin()

    assert pages.form("rules-new", was="", **RULE).status_code == 302

    rule = pages.document.rules[0]
    assert rule.rule == "官网的" and rule.match == ("region", "product")
    assert (rule.to.strategy, rule.if_nobody.do) == ("rotation", "escalate")
    opened = pages.read(pages.olga, "/edit?part=rules-0")
    assert "lead.source in" in opened and 'value="rotation" selected' in opened
    again = pages.form("rules-0", was="官网的", **RULE | {"note": "", "when": ""})
    assert again.status_code == 302
    assert (pages.document.rules[0].note, pages.document.rules[0].match) == ("", rule.match)


def test_a_condition_that_cannot_be_read_stands_beside_its_field_and_nothing_is_lost() -> None:
    pages = Pages()
    pages.begin()
    before = pages.own.copy.text

    answer = pages.form("rules-new", was="", **RULE | {"when": "lead.source in"})

    page = answer.content.decode()
    assert answer.status_code == 422 and "官网的" in page and "试一个月" in page
    assert 'id="id_when-error"' in page and pages.own.copy.text == before


def test_text_that_was_typed_since_goes_along_with_a_form() -> None:
    pages = Pages()
    pages.begin()
    typed = text(points={"base": {"A": 7, "B": 2}})

    pages.form("rules-new", was="", text=typed, **RULE)

    assert "A: 7" in pages.own.copy.text and "官网的" in pages.own.copy.text


def test_rules_move_by_their_buttons() -> None:
    pages = Pages()
    pages.begin()
    pages.type(text(rules=[second_rule(), SHARE]))

    pages.form("rules-0", was="大客户", act="down")
    pages.form("rules-1", was="大客户", act="copy")
    pages.form("rules-0", was="全部", act="delete")

    assert [rule.rule for rule in pages.document.rules] == ["大客户", "大客户 2"]


@pytest.mark.parametrize(
    ("part", "fields", "said"),
    [
        ("points", {"grade_0": "8.5", "grade_1": "2"}, "A: 8.5"),
        ("fairness", {"tau": "3", "grade_books": "on", "basis": "entitlement", "scope": "group",
                      "catch_up__mode": "bounded", "catch_up__percent": "20",
                      "colleagues": "pseudonyms"}, "colleagues: pseudonyms"),
        ("capacity", {"open_items": "30", "open_points": ""}, "open_items: 30"),
        ("availability", {"leave": "exclude", "own_switch": "ignore",
                          "working_hours": "exclude", "leave_stops_days_before": "2"},
         "leave_stops_days_before: 2"),
        ("groups-new", {"name": "苏州", "reach": "named", "members": ["Ren"]}, "members: [Ren]"),
    ],
)  # fmt: skip
def test_every_section_with_a_form_is_set_by_it(
    part: str, fields: dict[str, Any], said: str
) -> None:
    pages = Pages()
    pages.begin()
    assert pages.olga.get(f"{pages.url}/edit?part={part}").status_code == 200

    assert pages.form(part, was="", **fields).status_code == 302

    assert said in pages.own.copy.text


def test_a_condition_being_typed_is_read_back_as_a_sentence() -> None:
    pages = Pages()
    pages.begin()

    def said(**fields: str) -> str:
        fields |= {"of": next(iter(fields)), "when": "true", "who": "true"} | fields
        answer = pages.olga.post(f"{pages.url}/edit/sentence", fields)
        return str(answer.content.decode())

    assert "线索来源是 官网" in said(when="lead.source in (官网)")
    assert "field-error" in said(when="lead.sauce = 1")
    assert "field-error" in said(when="rep.team = 华东")
    assert "field-error" not in said(who="rep.team = 华东")


def test_another_person_reads_who_holds_it_and_an_administrator_takes_over() -> None:
    pages = Pages()
    pages.begin()

    page = pages.read(pages.alice, "/edit")
    assert "Olga 正在编辑" in page and "readonly" in page and 'name="act"' not in page
    assert "data-not-kept" in pages.type("mine", pages.alice)
    pages.alice.post(f"{pages.url}/edit/hold", {"at_once": "1"})

    assert pages.own.copy.holder_id == pages.own.people.alice.pk
    assert "readonly" in pages.read(pages.olga, "/edit")


def test_a_version_published_meanwhile_is_said_and_carried_over() -> None:
    pages = Pages()
    pages.begin()
    publish("direct", policy(points={"base": {"A": 9, "B": 2}}), actor=SYSTEM)

    refused = pages.type(text(rules=[second_rule(), SHARE]))
    assert "第 2 版" in refused and "data-not-kept" in refused and "9" in refused
    pages.olga.post(f"{pages.url}/edit/rebase", {"text": text(rules=[second_rule(), SHARE])})

    assert "A: 9" in pages.own.copy.text and "大客户" in pages.own.copy.text


def test_a_discarded_draft_is_brought_back_from_the_page() -> None:
    pages = Pages()
    pages.begin()
    pages.type("precious: 1")

    page = pages.olga.post(f"{pages.url}/edit/discard", follow=True).content.decode()
    assert "/edit/restore" in page
    pages.olga.post(f"{pages.url}/edit/restore")

    assert pages.own.copy.text == "precious: 1"


def promised(pages: Pages, **more: Any) -> dict[str, Any]:
    day = timezone.localdate() + timedelta(days=30)
    return {
        "note": "官网单独轮",
        "expected": "首响快 10%",
        "owner": pages.own.people.tom.pk,
        "review_on": day.isoformat(),
        **more,
    }


def test_publishing_says_what_is_missing_beside_its_field_and_then_publishes() -> None:
    pages = Pages()
    pages.begin()
    pages.form("rules-new", was="", **RULE)
    assert "官网的" in pages.read(pages.olga, "/publish")

    missing = pages.olga.post(f"{pages.url}/publish", promised(pages, expected=""))
    assert missing.status_code == 422 and "官网单独轮" in missing.content.decode()
    assert PolicyVersion.objects.count() == 1
    pages.olga.post(f"{pages.url}/publish", promised(pages))

    assert PolicyVersion.objects.get(state="live").number == 2
    page = pages.read(pages.olga, "")
    assert "Tom" in page and "首响快 10%" in page and not Lead.objects.exists()
    version = pages.read(browser(pages.own.people.tom), "/versions/2")
    assert "官网的" in version and "schema: 1" in version and "和第 1 版相比" in version


def test_a_second_person_reads_the_differences_and_approves() -> None:
    pages = Pages()
    assert pages.olga.post(f"{pages.url}/second-person", {"needed": "1"}).status_code == 403
    pages.alice.post(f"{pages.url}/second-person", {"needed": "1"})
    pages.begin()
    pages.form("rules-new", was="", **RULE)
    pages.olga.post(f"{pages.url}/publish", promised(pages))
    assert PolicyVersion.objects.count() == 1
    request = pages.own.line.requests.get()

    mine = pages.olga.post(f"{pages.url}/request", {"request": request.pk, "act": "approve"})
    assert mine.status_code == 422
    assert "官网的" in pages.read(pages.alice, "/request")
    back = pages.alice.post(f"{pages.url}/request", {"request": request.pk, "act": "back"})
    assert back.status_code == 422 and PolicyVersion.objects.count() == 1
    pages.alice.post(f"{pages.url}/request", {"request": request.pk, "act": "approve"})

    live = PolicyVersion.objects.get(state="live")
    assert (live.number, live.approved_by) == (2, pages.own.people.alice)


def test_an_old_version_is_published_again_from_its_page() -> None:
    pages = Pages()
    publish("direct", policy(points={"base": {"A": 9, "B": 2}}), actor=SYSTEM)
    assert "退回第 1 版" in pages.read(pages.olga, "/versions/1/back")

    pages.olga.post(f"{pages.url}/versions/1/back", promised(pages))

    live = PolicyVersion.objects.get(state="live")
    assert (live.number, live.back_to) == (3, 1)


def test_a_due_review_stands_first_and_is_answered() -> None:
    pages = Pages()
    publish("a second line", policy(), actor=SYSTEM)
    pages.own.line.versions.update(review_on=timezone.localdate())
    page = pages.olga.get("/policies").content.decode()
    assert page.index(">direct<") < page.index(">a second line<") and "该复查了" in page
    assert "还没有日期" in page and "该复查的规则" in pages.olga.get("/").content.decode()

    pages.olga.post(f"{pages.url}/review", promised(pages))

    version = pages.own.line.versions.get()
    assert version.owner == pages.own.people.tom
    assert version.review_on == timezone.localdate() + timedelta(days=30)
    assert "该复查的规则" not in pages.olga.get("/").content.decode()


def test_a_new_line_begins_with_the_starter_and_names_are_not_taken_twice() -> None:
    pages = Pages()

    assert pages.olga.post("/policies/new", {"line": " "}).status_code == 422
    assert pages.olga.post("/policies/new", {"line": "direct"}).status_code == 422
    answer = pages.olga.post("/policies/new", {"line": "渠道"}, follow=True)

    assert "大家按应得分" in answer.content.decode()
