"""The report of a run: every figure is that of its other files."""

import gzip
import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import datetime
from itertools import islice
from pathlib import Path

import pytest

from evenhand.cli.route.report.exclusions import FAMILIES, family_of
from evenhand.engine.policy.compile import policy_from_json
from evenhand.engine.reasons import Reason, reason_from_json
from evenhand.engine.routing.decide import Router
from evenhand.engine.routing.look_up import Dealt, find_dealt
from evenhand.engine.routing.reading import Reading
from evenhand.engine.routing.stored import team_from_json
from tests.cli.report_page import page_of, said, shown, signed
from tests.cli.world import Desk, Results, made_leads, people, policy, pool, share

GRADES = "ABCD"


def dealt_items(results: Results) -> Iterable[Dealt]:
    """Every item of the receipts with its postings, looked up as `evenhand book` does."""
    lines = results.receipts.read_text("utf-8").splitlines()
    ids = {row["item"] for row in results.assignments}
    return find_dealt(lines, ids, policy_from_json).values()


def credited(results: Results) -> Counter[str]:
    """What every receipt of the file credited, by person: the entitlements, counted again."""
    found: Counter[str] = Counter()
    for dealt in dealt_items(results):
        for posting in dealt.postings:
            found.update(dict(posting.credited))
    return found


def paid(results: Results) -> Counter[str]:
    """What every receipt charged its taker, by person."""
    found: Counter[str] = Counter()
    for dealt in dealt_items(results):
        for posting in dealt.postings:
            found[posting.taker] += posting.points
    return found


def recounted_exclusions(results: Results) -> dict[str, Counter[str]]:
    """Who was kept from how many items by which kind of reason, item by item from the receipts."""
    (run,), (document,), (team,) = (results.lines(kind) for kind in ("run", "policy", "team"))
    router = Router(
        policy_from_json(document["document"]),
        team_from_json(team),
        now=datetime.fromisoformat(run["now"]),
        seed=run["seed"],
    )
    readings = [Reading.from_json(line["reading"]) for line in results.lines("class")]
    full = [
        {who: reason_from_json(why) for who, why in line["who"]} for line in results.lines("full")
    ]
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for line in results.lines("decision"):
        prepared = router.prepare(readings[line["c"]], router.draw(line["i"]))
        asked = {line["rule"], *(rule for rule, _ in line.get("tried", ()))}
        stuffed = full[line["full"]] if "full" in line else {}
        able: set[str] = set()
        kept: dict[str, Reason] = {}
        for ready in prepared.plan.rules:
            if ready.rule.rule not in asked or ready.group is None:
                continue
            step = router.step(prepared, ready)
            for one in step.field.candidates:
                if one.rep_id in stuffed:
                    kept[one.rep_id] = stuffed[one.rep_id]
                else:
                    able.add(one.rep_id)
            kept |= {one.rep_id: one.why for one in step.field.excluded}
        for who in set(kept) - able:
            found[family_of(kept[who])][who] += 1
    return found


@pytest.fixture
def busy(desk: Desk) -> Results:
    """A run in which nearly everything happens once."""
    desk.csv(
        "team.csv",
        [
            "工号,姓名,团队,职级,权重,负责地区,状态,请假,在手线索,容量上限,入职日期",
            "R1,陈一,东,资深,100,浙江、上海,在职,,1,40,2020-01-01",
            "R2,林二,东,资深,50,浙江、江苏,在职,,0,4,2020-01-01",
            "R3,周三,东,新人,100,,在职,,0,,2026-02-01",
            "R4,吴四,南,资深,100,广东,在职,2026-03-01~2026-03-09,0,,2020-01-01",
            "R5,郑五,南,资深,100,广东,离职,,0,,2020-01-01",
            "R6,王六,北,资深,100,北京,在职,,0,,2020-01-01",
        ],
    )
    provinces = ("浙江", "江苏", "上海", "广东", "浙江", "新疆", "北京")
    desk.csv(
        "leads.csv",
        [
            *made_leads(
                60,
                "线索编号,手机,公司,省份,等级,来源,预算",
                lambda n: (
                    f"L{n},1381234{n:04d},{'甲' if n % 9 == 0 else n}公司,{provinces[n % 7]},"
                    f"{GRADES[n % 4]},{'广告' if n % 10 == 3 else '官网'},{n}000"
                ),
            ),
            "L61,13812340001,又来公司,浙江,A,官网,5000",
            "L62,13812349999,坏公司,浙江,A,官网,面议",
        ],
    )
    desk.csv("history.csv", ["公司,负责人,结果", "甲公司,陈一,成交", "7公司,郑五,成交"])
    document = policy(
        {
            "rule": "老客户",
            "when": "company.owner is not empty",
            "to": {
                "strategy": "owner",
                "of": "company",
                "if_absent": "next_rule",
                "if_departed": "next_rule",
            },
            "if_nobody": {"do": "next_rule"},
        },
        pool("广告", when="lead.source = 广告"),
        share("东", "东组", when="lead.region is within 东", match=["region"]),
        share("南", "南组", when="lead.region is within 广东省"),
        share("贵", "全", when="lead.budget > 999999"),
        share(
            "北",
            "全",
            when="lead.region is within 北京市",
            match=["region"],
            if_nobody={"do": "escalate", "to": "总监"},
        ),
        share("关", "全", is_enabled=False),
        regions={"东": ["浙江省", "江苏省", "上海市"]},
        levels=[
            {"level": "新人", "takes": "lead.grade in (C, D)", "ramp": {}},
            {"level": "资深"},
        ],
        groups=[
            {"group": "东组", "who": "rep.team = 东"},
            {"group": "南组", "who": "rep.team = 南"},
            {"group": "全", "who": True},
        ],
        pools=[{"pool": "open"}],
    )
    return desk.route(
        *("--policy", desk.policy(document), "--history", desk.path("history.csv")),
    )


# -- the figures -------------------------------------------------------------------------------


def test_the_headline_counts_every_row_once(busy: Results) -> None:
    cards = page_of(busy).cards

    numbers = {
        name: int(cards[said(f"card-{name}")][0])
        for name in ("rows", "assigned", "unassigned", "repeated", "rejected")
    }
    assert numbers == {
        "rows": 62,
        "assigned": sum(1 for owner in busy.owners.values() if owner),
        "unassigned": sum(1 for owner in busy.owners.values() if not owner),
        "repeated": len(busy.repeated),
        "rejected": len(busy.rejected),
    }
    assert numbers["unassigned"] > 0 < numbers["repeated"] == numbers["rejected"]
    parts = ("assigned", "unassigned", "repeated", "rejected")
    assert sum(numbers[name] for name in parts) == numbers["rows"]


def test_what_everybody_received_is_what_the_assignments_say(busy: Results) -> None:
    (table,) = page_of(busy).sections["people"].tables
    rows = table.by_first()

    given = Counter((row["owner-id"], row["grade"]) for row in busy.assignments)
    ids = {
        under[0].split(" · ")[0]: row[0] for row, under in zip(table.rows, table.under, strict=True)
    }
    points = paid(busy)
    for rep_id, name in ids.items():
        if not rep_id:
            continue  # the total
        row = rows[name]
        assert int(row["Leads"]) == busy.received[rep_id]
        assert [int(row[f"Grade {g}"]) for g in GRADES] == [given[rep_id, g] for g in GRADES]
        assert row["Received"] == shown(points[rep_id])
    total = rows["Total"]
    assert int(total["Leads"]) == busy.received.total()
    assert total["Received"] == total["Entitled"] == shown(points.total())
    assert total["Balance"] == "0"


def test_what_everybody_was_entitled_to_is_what_the_receipts_credited(busy: Results) -> None:
    (table,) = page_of(busy).sections["people"].tables
    entitled = {
        under[0].split(" · ")[0]: row[table.heads.index("Entitled")]
        for row, under in zip(table.rows, table.under, strict=True)
    }

    counted = credited(busy)

    assert {rep: text for rep, text in entitled.items() if rep} == {
        rep: shown(counted[rep]) for rep in entitled if rep
    }
    assert sum(1 for amount in counted.values() if amount) >= 4


def test_balances_are_those_of_the_state(busy: Results) -> None:
    (table,) = page_of(busy).sections["people"].tables

    owed: Counter[str] = Counter()
    for book in busy.books.values():
        owed.update(dict(zip(book.members, book.owed.tolist(), strict=True)))
    balances = {
        under[0].split(" · ")[0]: signed(row[table.heads.index("Balance")])
        for row, under in zip(table.rows, table.under, strict=True)
        if under[0]
    }
    assert balances == {rep: shown(owed[rep]) for rep in balances}
    assert {rep for rep, amount in owed.items() if amount} <= set(balances)


def test_every_grade_of_every_book_is_summed(busy: Results) -> None:
    proof = page_of(busy).sections["proof"]

    assert len(proof.tables) == len([b for b in busy.books.values() if b.sequence])
    parts = zip(proof.headings, proof.tables, strict=True)
    by_group = {heading.split(" · ")[0]: table for heading, table in parts}
    for key, book in busy.books.items():
        if not book.sequence:
            continue
        rows = by_group[key.partition("|")[0]].by_first()
        for row, grade in enumerate(book.grades):
            balances = book.balance[row].tolist()
            if grade in rows:
                owed = sum(amount for amount in balances if amount > 0)
                assert rows[grade]["Owed, in all"] == rows[grade]["Ahead, in all"] == shown(owed)
                assert rows[grade]["Sum"] == "0"
            else:
                assert not any(balances)
    dealt = sum(int(row["Leads dealt"]) for t in proof.tables for row in t.by_first().values())
    assert dealt == sum(len(one.postings) for one in dealt_items(busy)) > 30


def test_the_furthest_balance_stands_beside_the_bound_of_its_book(busy: Results) -> None:
    value, note = page_of(busy).cards[said("card-furthest")]

    key, furthest = max(
        ((key, int(abs(book.owed).max())) for key, book in busy.books.items()),
        key=lambda one: one[1],
    )
    assert value == said("amount", unit="points", amount=shown(furthest))
    assert f"proved bound {shown(busy.books[key].bound())} points" in note
    assert key.partition("|")[0] in note


def test_exclusions_are_those_of_the_receipts(busy: Results) -> None:
    excluded = page_of(busy).sections["excluded"]

    labels = {said(f"kept-{family}"): family for family in FAMILIES}
    found: dict[str, Counter[str]] = {}
    for heading, table in zip(excluded.headings, excluded.tables, strict=True):
        family = next(labels[label] for label in labels if heading.startswith(label))
        found[family] = Counter({row[0]: int(row[1]) for row in table.rows})
    names = {"R1": "陈一", "R2": "林二", "R3": "周三", "R4": "吴四", "R6": "王六"}
    assert found == {
        family: Counter({names[who]: count for who, count in people_.items()})
        for family, people_ in recounted_exclusions(busy).items()
    }
    assert {
        "availability-on-leave",
        "capacity-open-items",
        "level-does-not-take",
        "match-region",
    } <= set(found)
    assert "Deactivated, receive nothing: 郑五" in excluded.text


def test_what_the_rules_did_is_what_the_receipts_say(busy: Results) -> None:
    table = page_of(busy).sections["rules"].tables[0].by_first()

    decisions = busy.lines("decision")
    applied = Counter(
        rule for line in decisions for rule in busy.lines("class")[line["c"]]["rules"]
    )
    assigned = Counter(line["rule"] for line in decisions if line.get("rep"))
    passed = Counter(
        rule
        for line in decisions
        for rule in {rule for rule, _ in line.get("tried", ())} - {line["rule"]}
    )
    for name, row in table.items():
        assert int(row["Applied"]) == applied[name]
        assert int(row["Assigned"]) == assigned[name]
        assert int(row["Passed on"]) == passed[name]
    assert table["贵"]["State"] == said("state-never-applied")
    assert table["关"]["State"] == said("state-off")
    assert table["东"]["State"] == said("state-fired")
    assert passed["老客户"] > 0


def test_every_unassigned_lead_is_listed_with_its_reason(busy: Results) -> None:
    unassigned = page_of(busy).sections["unassigned"]
    (table,) = unassigned.tables

    left = {row["item"]: row for row in busy.assignments if not row["owner-id"]}
    assert {row[1] for row in table.rows} == set(left)
    for row in table.rows:
        assert (row[0], row[3], row[6]) == tuple(left[row[1]][k] for k in ("row", "grade", "why"))
    assert "Remedy: Colleagues can claim them from the public pool." in unassigned.text
    assert "Remedy: Add a last rule without a condition" in unassigned.text
    assert "Mainly: On leave (1 person)" in unassigned.text


def test_rejected_and_repeated_rows_are_listed_as_in_their_files(busy: Results) -> None:
    rejected, repeated = page_of(busy).sections["rows"].tables

    assert [row[:4] for row in rejected.rows] == [row[:4] for row in busy.rejected]
    assert [row[:3] for row in repeated.rows] == [row[:3] for row in busy.repeated]


def test_what_needs_attention_is_said_and_leads_to_its_section(busy: Results) -> None:
    page = page_of(busy)

    assert {target for _, target in page.pointers} <= set(page.sections)
    texts = [text for text, _ in page.pointers]
    assert said("attention-rejected", count=1) in texts
    assert said("attention-repeated", count=1) in texts
    assert said("attention-nothing", count=1, names="吴四") in texts
    assert said("attention-rules", count=1, names="贵") in texts


def test_the_page_says_how_to_ask_about_a_lead_of_this_run(desk: Desk, busy: Results) -> None:
    commands = page_of(busy).commands

    first = next(row for row in busy.assignments if row["owner-id"])
    assert commands[0] == f"evenhand explain receipts.jsonl --lead {first['item']}"
    lead, rep = commands[1].split("--lead ")[1].split(" --rep ")
    assert rep != first["owner-id"]
    assert desk.explain(lead, rep).code == 0


def test_moment_seed_and_policy_are_named(busy: Results) -> None:
    notes = page_of(busy).sections["notes"].text

    (run,) = busy.lines("run")
    assert run["policy"] in notes
    assert run["seed"] in notes
    assert "4 Mar 2026, 10:00:00 (UTC+8)" in notes


def test_assumptions_are_listed(desk: Desk) -> None:
    results = desk.route()

    notes = page_of(results).sections["notes"].text

    assert "No policy was given" in notes


# -- other ways of dealing ---------------------------------------------------------------------


def test_the_next_run_carries_the_balances_forward(desk: Desk) -> None:
    first = desk.route()
    owed = first.owed
    desk.csv("leads.csv", made_leads(7, first=100))

    second = desk.route()

    (table,) = page_of(second).sections["people"].tables
    rows = {
        under[0]: dict(zip(table.heads, row, strict=True))
        for row, under in zip(table.rows, table.under, strict=True)
    }
    points = second.points_received()
    for rep in owed:
        assert signed(rows[rep]["Brought forward"]) == shown(owed[rep])
        assert rows[rep]["Received"] == shown(points[rep])
        entitled = points[rep] + second.owed[rep] - owed[rep]
        assert rows[rep]["Entitled"] == shown(entitled)
    assert any(owed.values())


def test_a_first_run_brings_nothing_forward(desk: Desk) -> None:
    (table,) = page_of(desk.route()).sections["people"].tables

    assert said("head-before") not in table.heads


def test_who_left_is_named_with_the_balance(desk: Desk) -> None:
    owed = desk.route().owed
    gone = max(owed, key=lambda rep: owed[rep])
    left = [line for line in people("R1,陈一", "R2,林二", "R3,周三") if not line.startswith(gone)]
    leaver = {"R1": "陈一", "R2": "林二", "R3": "周三"}[gone]
    desk.csv(
        "team.csv",
        [left[0] + ",状态", *(f"{line},在职" for line in left[1:]), f"{gone},{leaver},离职"],
    )
    desk.csv("leads.csv", made_leads(3, first=100))

    second = desk.route()

    amount = said("amount", unit="points", amount=shown(owed[gone]))
    sentence = said("proof-departed", name=leaver, balance=said("owed", sign="owed", amount=amount))
    assert sentence in page_of(second).sections["proof"].text


def test_rotation_is_counted_in_turns(desk: Desk) -> None:
    desk.csv("leads.csv", made_leads(7))
    rule = share(to={"strategy": "rotation", "group": "all"})

    results = desk.route("--policy", desk.policy(policy(rule)))

    page = page_of(results)
    (table,) = page.sections["people"].tables
    rows = table.by_first()
    for rep, name in (("R1", "陈一"), ("R2", "林二"), ("R3", "周三")):
        assert rows[name]["Received"] == rows[name]["Leads"] == str(results.received[rep])
        assert rows[name]["Entitled"] == "2.33"
    assert page.cards[said("card-furthest")][0] == "0.67 turns"


def test_work_and_leads_are_never_added_up(desk: Desk) -> None:
    desk.csv(
        "leads.csv",
        made_leads(8, "id,kind,grade", lambda n: f"L{n},{'task' if n > 4 else 'lead'},A"),
    )

    page = page_of(desk.route())

    people_ = page.sections["people"]
    assert people_.headings == [said("people-of", kind="value"), said("people-of", kind="work")]
    assert [table.by_first()["Total"]["Received"] for table in people_.tables] == ["32", "32"]
    assert len(page.sections["proof"].tables) == 2


def test_leads_that_nobody_else_could_take_are_not_booked(desk: Desk) -> None:
    desk.csv("team.csv", people("R1,陈一,北", "R2,林二,南", header="工号,姓名,团队"))
    document = policy(
        share(group="west", if_nobody={"do": "overflow", "rep": "R2"}),
        groups=[{"group": "west", "who": "rep.team = 西"}],
    )

    page = page_of(desk.route("--policy", desk.policy(document)))

    row = page.sections["people"].tables[0].by_first()["林二"]
    assert (row["Leads"], row["Not booked"], row["Received"], row["Entitled"]) == (
        "4",
        "4",
        "0",
        "0",
    )
    assert said("attention-unbooked", count=4) in [text for text, _ in page.pointers]
    assert page.cards[said("card-sum")] == (said("dash"), said("card-nothing-booked"))


def test_whom_owned_companies_take_far_ahead_is_named(desk: Desk) -> None:
    desk.csv("leads.csv", made_leads(40, "线索编号,公司", lambda n: f"L{n},甲公司"))
    desk.csv("history.csv", ["公司,负责人", "甲公司,陈一"])

    results = desk.route("--history", desk.path("history.csv"))

    (book,) = results.books.values()
    assert abs(book.owed).max() > book.bound() - book.shift
    (text,) = [text for text, target in page_of(results).pointers if target == "proof"]
    ahead = said("amount", unit="points", amount=shown(-results.owed["R1"]))
    assert text.startswith(f"陈一 is ahead {ahead}")


def test_a_weight_that_is_not_plain_shows_its_factors(desk: Desk) -> None:
    desk.csv(
        "team.csv",
        [
            "工号,姓名,职级,权重,入职日期,绩效",
            "R1,陈一,新人,80,2026-02-17,1.1",
            "R2,林二,老人,100,,",
        ],
    )
    document = policy(
        levels=[{"level": "新人", "ramp": {"start_percent": 40, "days": 90}}, {"level": "老人"}]
    )

    results = desk.route("--policy", desk.policy(document))

    (table,) = page_of(results).sections["people"].tables
    at = table.heads.index(said("head-weight"))
    shown_ = {
        row[0]: (row[at], under[at]) for row, under in zip(table.rows, table.under, strict=True)
    }
    (field, *_) = results.lines("field")
    assert {who: weight for who, weight, *_ in field["may"]} == {"R1": 44, "R2": 100}
    assert shown_["陈一"] == ("0.44", "base 0.80 × ramp 0.50 × merit 1.10")
    assert shown_["林二"] == ("1.00", "")


def test_nothing_is_fetched_and_nothing_runs(busy: Results) -> None:
    source = page_of(busy).source

    assert not re.search(r"(?:src|href)\s*=\s*[\"']?(?!#)[^\"'>\s]", source)
    assert not re.search(r"url\(|@import|<script|<iframe|<object|javascript:|\son\w+=", source)


@pytest.mark.parametrize("name", ["xeducation", "maven"])
def test_real_leads_give_a_page_whose_sums_agree(desk: Desk, shared_data: Path, name: str) -> None:
    if name == "maven":
        leads = shared_data / "maven_crm" / "sales_pipeline.csv"
        team = shared_data / "maven_crm" / "sales_teams.csv"
    else:
        leads, team = _some_of_xeducation(desk, shared_data), desk.path("team.csv")

    results = desk.route(leads=str(leads), team=str(team))

    page = page_of(results)
    total = page.sections["people"].tables[0].by_first()["Total"]
    assert int(total["Leads"].replace(",", "")) == results.received.total()
    assert total["Received"] == total["Entitled"]
    assert page.cards[said("card-sum")][0] == said("card-sum-good")


def _some_of_xeducation(desk: Desk, shared_data: Path) -> Path:
    source = shared_data / "xeducation_leads" / "xedu_dev.csv.gz"
    path = desk.path("xedu.csv")
    with gzip.open(source, "rt", encoding="utf-8") as lines:
        path.write_text("".join(islice(lines, 1_501)), "utf-8")
    return path
