"""`evenhand explain`: why a lead went where it went, and why not to somebody else."""

import re

import pytest

from tests.cli.world import Desk, Ran, made_leads, people, policy, share

LANGS = ("zh-Hans", "zh-Hant", "en")
NAMES = {"R1": "陈一", "R2": "林二", "R3": "周三", "R4": "吴四", "R5": "郑五", "R6": "王六"}
OWNER_FIRST = {
    "rule": "same company",
    "when": "company.owner is not empty",
    "to": {
        "strategy": "owner",
        "of": "company",
        "if_absent": "next_rule",
        "if_departed": "next_rule",
    },
    "if_nobody": {"do": "next_rule"},
}


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """A desk with a lead for every way in which a decision can end.

    R1 covers Zhejiang; R2 is on leave, R3 switched off, R4 full after two, R5 weighs nothing, R6
    left. L1 to L6 are shared; S1 follows its company; P1 goes to a pool; W1 waits; N1 has no rule.
    """
    desk = Desk(tmp_path_factory.mktemp("explained"))
    desk.csv(
        "team.csv",
        people(
            "R1,陈一,浙江,100%,,,,",
            "R2,林二,,100%,2026-03-01至2026-03-09,,,",
            "R3,周三,,100%,,否,,",
            "R4,吴四,,100%,,,2,",
            "R5,郑五,,0%,,,,",
            "R6,王六,,100%,,,,离职",
            header="工号,姓名,区域,权重,休假,是否接单,容量上限,在职状态",
        ),
    )
    desk.csv(
        "leads.csv",
        [
            "线索编号,姓名,手机,公司,省份,等级,来源",
            *(f"L{n},张{n},1381234000{n},公司{n},浙江,B,官网" for n in range(1, 7)),
            "S1,李一,13812340011,公司1,浙江,A,官网",
            "P1,李二,13812340012,新公司,北京,C,展会",
            "W1,李三,13812340013,新公司二,北京,C,官网",
            "N1,李四,13812340014,新公司三,北京,C,其他",
        ],
    )
    rules = policy(
        OWNER_FIRST,
        share("web", when="lead.source = '官网'", match=["region"]),
        share("fair", when="lead.source = '展会'", who="rep.id = 'R1'", match=["region"])
        | {"if_nobody": {"do": "pool", "pool": "open"}},
    )
    desk.route("--policy", desk.policy(rules))
    return desk


def winner_of(desk: Desk, lead: str) -> str:
    return desk.results().owners[lead]


def in_english(ran: Ran) -> str:
    assert ran.code == 0, ran.complained
    return ran.said


# -- why ---------------------------------------------------------------------------------------


def test_the_fixture_has_every_ending(desk: Desk) -> None:
    ends = {row["item"]: row["outcome"] for row in desk.results().assignments}

    assert ends["P1"] == "in the public pool"
    assert ends["W1"] == "waiting"
    assert ends["N1"] == "no rule applies"
    assert desk.results().received["R4"] == 2


def test_a_shared_lead_names_winner_rule_places_and_ledger(desk: Desk) -> None:
    winner = NAMES[winner_of(desk, "L1")]

    said = in_english(desk.explain("L1"))

    assert f"To {winner}: lead L1" in said
    assert "Rule “web”: fair share" in said
    assert f"Why {winner}" in said
    assert "Grade B, 5 points" in said
    assert "2 eligible" in said
    assert "Policy version test/1/" in said
    assert "Decided 4 Mar 2026, 10:00:00 (UTC+8)" in said


def test_everybody_who_was_left_out_is_named_with_the_reason(desk: Desk) -> None:
    said = in_english(desk.explain("L1"))

    assert "林二: On leave" in said
    assert "周三: " in said
    assert "郑五: The weight is 0" in said
    assert "王六" not in said.split("Who was not")[1].split("Why ")[0]


def test_whoever_is_full_is_named_with_the_limit(desk: Desk) -> None:
    said = in_english(desk.explain("L6"))

    assert "吴四: 2 open items, the capacity is 2" in said


def test_a_sticky_lead_names_the_owner_and_the_rule(desk: Desk) -> None:
    owner = NAMES[winner_of(desk, "L1")]
    assert winner_of(desk, "S1") in (winner_of(desk, "L1"), "R1")

    said = in_english(desk.explain("S1"))

    if winner_of(desk, "S1") == winner_of(desk, "L1"):
        assert f"To {owner}: lead S1" in said
        assert "Looks after this company" in said


def test_a_lead_in_the_pool_names_it(desk: Desk) -> None:
    said = in_english(desk.explain("P1"))

    assert "To the public pool “open”: lead P1" in said
    assert "陈一: The lead region is 北京; covered: 浙江" in said


def test_a_waiting_lead_says_that_it_waits_and_for_whom(desk: Desk) -> None:
    said = in_english(desk.explain("W1"))

    assert "Not dealt until somebody can take it: lead W1" in said
    assert "吴四: 2 open items" in said
    assert "陈一: The lead region is 北京" in said


def test_a_lead_without_a_rule_says_so(desk: Desk) -> None:
    assert "No rule applies, not dealt: lead N1" in in_english(desk.explain("N1"))


# -- why not -----------------------------------------------------------------------------------


def why_not(desk: Desk, lead: str, rep: str) -> tuple[str, str]:
    """What is said of somebody who did not get it: the reasons, and what would have changed it."""
    said = in_english(desk.explain(lead, rep))
    found = re.search(
        r"Why not [^\n]+\n(.*?)(?:What would have brought it to [^\n]+\n(.*?))?Record\n",
        said,
        re.DOTALL,
    )
    assert found is not None, said
    return found[1], found[2] or ""


def test_the_winner_is_not_told_why_not(desk: Desk) -> None:
    said = in_english(desk.explain("L1", winner_of(desk, "L1")))

    assert "Why not" not in said
    assert "What would have" not in said


def test_whoever_came_second_is_told_by_how_much(desk: Desk) -> None:
    loser = next(rep for rep in ("R1", "R4") if rep != winner_of(desk, "L1"))

    reasons, change = why_not(desk, "L1", loser)

    assert "Level; later by the draw" in reasons
    assert "If owed 0.01 more points" in change


def test_whoever_is_on_leave_is_told_from_when(desk: Desk) -> None:
    reasons, change = why_not(desk, "L1", "R2")

    assert "On leave 1 Mar 2026 to 9 Mar 2026" in reasons
    assert "From 10 Mar 2026" in change


def test_whoever_switched_off_is_told_to_switch_on(desk: Desk) -> None:
    reasons, change = why_not(desk, "L1", "R3")

    assert "off" in reasons.lower()
    assert "With the accepting switch on" in change


def test_whoever_is_full_is_told_how_much_less(desk: Desk) -> None:
    reasons, change = why_not(desk, "L6", "R4")

    assert "2 open items, the capacity is 2" in reasons
    assert "With 1 fewer open item" in change


def test_whoever_does_not_cover_it_is_told_what_to_cover(desk: Desk) -> None:
    reasons, change = why_not(desk, "P1", "R1")

    assert "The lead region is 北京; covered: 浙江" in reasons
    assert "北京" in change


def test_whoever_weighs_nothing_is_told_so(desk: Desk) -> None:
    reasons, change = why_not(desk, "L1", "R5")

    assert "The weight is 0" in reasons
    assert "With a weight above 0" in change


def test_whoever_left_is_told_so(desk: Desk) -> None:
    reasons, change = why_not(desk, "L1", "R6")

    assert "deactivated" in reasons
    assert "If reactivated" in change


def test_a_sticky_lead_tells_the_others_which_rule_was_first(desk: Desk) -> None:
    owner = winner_of(desk, "S1")
    other = next(rep for rep in ("R1", "R4") if rep != owner)

    reasons, change = why_not(desk, "S1", other)

    assert f"{NAMES[owner]} looks after this company and comes first" in reasons
    assert "If the earlier rule “same company” had not dealt it" in change


def test_where_no_rule_applies_nothing_would_have_helped(desk: Desk) -> None:
    reasons, change = why_not(desk, "N1", "R1")

    assert "no rule applies" in reasons
    assert "No single change would have done it" in change


def test_somebody_is_named_by_id_or_by_name(desk: Desk) -> None:
    assert desk.explain("L1", "R2") == desk.explain("L1", "林二")


# -- three languages ---------------------------------------------------------------------------


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("lead", ["L1", "L6", "S1", "P1", "W1", "N1"])
@pytest.mark.parametrize("rep", [None, "R1", "R2", "R4"])
def test_every_answer_reads_whole_in_every_language(
    desk: Desk, lead: str, rep: str | None, lang: str
) -> None:
    ran = desk.explain(lead, rep, lang=lang)

    assert ran.code == 0
    assert ran.complained == ""
    assert not [rest for rest in ("None", "{", "}", "no-value", "???", "“”") if rest in ran.said]
    assert lead in ran.said
    if lang != "en":
        without_digests = re.sub(r"[0-9a-f]{12,}", "", ran.said)
        words = re.findall(r"[A-Za-z]{4,}", without_digests)
        assert set(words) <= {"same", "company", "fair", "open", "test"}, words


@pytest.mark.parametrize(
    ("lang", "told"),
    [
        ("zh-Hans", ("为什么没分给 林二", "请假 2026-03-01 至 2026-03-09")),
        ("zh-Hant", ("為什麼沒分給 林二", "請假 2026/3/1 至 2026/3/9")),
        ("en", ("Why not 林二", "On leave 1 Mar 2026 to 9 Mar 2026")),
    ],
)
def test_a_leave_is_told_as_the_language_writes_it(
    desk: Desk, lang: str, told: tuple[str, ...]
) -> None:
    said = desk.explain("L1", "林二", lang=lang).said

    for word in told:
        assert word in said


# -- over several runs and changes -------------------------------------------------------------


def test_a_lead_that_was_dealt_twice_is_explained_as_it_was_last(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    desk = Desk(tmp_path_factory.mktemp("twice"))
    header = "工号,姓名,休假"
    desk.csv("team.csv", people("R1,陈一,2026-03-01至2026-03-05", header=header))
    desk.route()
    first = in_english(desk.explain("L1"))
    desk.route(at="2026-03-09T10:00")

    second = in_english(desk.explain("L1"))

    assert "Not dealt until somebody can take it" in first
    assert "To 陈一: lead L1" in second


def test_a_file_that_says_something_else_than_the_rules_is_noticed(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    desk = Desk(tmp_path_factory.mktemp("tampered"))
    results = desk.route()
    winner = results.owners["L1"]
    other = next(rep for rep in ("R1", "R2", "R3") if rep != winner)
    lines = results.receipts.read_text("utf-8").splitlines(keepends=True)
    tampered = [
        line.replace(f'"rep":"{winner}"', f'"rep":"{other}"') if '"i":"L1"' in line else line
        for line in lines
    ]
    results.receipts.write_text("".join(tampered), "utf-8")

    assert "run evenhand replay" in desk.explain("L1").said
    assert "run evenhand replay" not in desk.explain("L2").said


def test_an_answer_deep_in_a_long_file_is_the_one_that_was_given(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    desk = Desk(tmp_path_factory.mktemp("long"))
    desk.csv("leads.csv", made_leads(700))
    results = desk.route()

    for number in (1, 255, 256, 257, 513, 700):
        owner = results.owners[f"L{number}"]
        name = {"R1": "陈一", "R2": "林二", "R3": "周三"}[owner]
        said = in_english(desk.explain(f"L{number}"))
        assert f"To {name}: lead L{number}" in said
        assert f"Number {number} in the fair-share ledger" in said


def test_colleagues_may_be_kept_from_each_other(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    desk = Desk(tmp_path_factory.mktemp("pseudonyms"))
    rules = policy(fairness={"colleagues": "pseudonyms"})
    results = desk.route("--policy", desk.policy(rules))
    loser = next(rep for rep in ("R1", "R2", "R3") if rep != results.owners["L1"])

    said = in_english(desk.explain("L1", loser))

    assert NAMES[loser] in said
    assert not [NAMES[rep] for rep in ("R1", "R2", "R3") if rep != loser and NAMES[rep] in said]
    assert NAMES[results.owners["L1"]] in in_english(desk.explain("L1"))


def test_an_id_is_found_as_the_sheet_shows_it(desk: Desk) -> None:
    """Spreadsheet programs would run it, so it stands there with an apostrophe."""
    desk.csv("leads.csv", ["线索编号,等级", "=1+1,A"])
    shown = next(iter(desk.route().owners))
    assert shown == "'=1+1"

    assert desk.explain(shown).code == desk.explain("=1+1").code == 0
